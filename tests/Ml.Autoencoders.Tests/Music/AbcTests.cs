using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Music;

/// <summary>Tunes in ABC notation, a bar at a time, against keys written by hand.</summary>
internal sealed class AbcTests
{
    [TestCase("C,D,EF GABc", "C3 . D3 . E4 . F4 . G4 . A4 . B4 . C5 .", TestName = "octaves")]
    [TestCase("c'2 C,,2 z4", "C6 . . . C2 . . . - . . . . . . .", TestName = "octave marks and a rest")]
    [TestCase("A2 A/2A/A// A3/2A/2 A7/2", null, TestName = "lengths that are no sixteenths")]
    [TestCase("A2 A/2A/ A3/2A/2 A3", "A4 . . . A4 A4 A4 . . A4 A4 . . . . .", TestName = "lengths")]
    [TestCase("c>d e<f g4", "C5 . . D5 E5 F5 . . G5 . . . . . . .", TestName = "broken rhythm")]
    [TestCase("c4>>d4 z0/1", null, TestName = "a rest of no length")]
    [TestCase("c4>>d4", "C5 . . . . . . . . . . . . . D5 .", TestName = "broken rhythm of quarters")]
    [TestCase("c4- c2 d2", "C5 . . . . . . . . . . . D5 . . .", TestName = "a tie")]
    [TestCase("c4-d4", "C5 . . . . . . . D5 . . . . . . .", TestName = "a tie of other notes is none")]
    [TestCase("^F2F2 =F2 _B2", "F#4 . . . F#4 . . . F4 . . . A#4 . . .", TestName = "accidentals hold in the bar")]
    [TestCase("^F4 f4", "F#4 . . . . . . . F#5 . . . . . . .", TestName = "accidentals hold in all octaves")]
    [TestCase("^^F4 __B4", "G4 . . . . . . . A4 . . . . . . .", TestName = "double accidentals")]
    [TestCase("[CEG]4 [c2G2]2", "G4 . . . . . . . C5 . . . . . . .", TestName = "the highest note of a chord")]
    [TestCase("{ag}c2 {/f}c2 \"Am\"c2 !trill!c2", "C5 . . . C5 . . . C5 . . . C5 . . .",
        TestName = "grace notes, chord symbols and decorations")]
    [TestCase("~c2 .c2 (uc2 v)c2", "C5 . . . C5 . . . C5 . . . C5 . . .", TestName = "short decorations and slurs")]
    [TestCase("c4 [L:1/16] c8", "C5 . . . . . . . C5 . . . . . . .", TestName = "a field within the line")]
    [TestCase("c2 [K:D] f2 [r:a remark] c4", "C5 . . . F#5 . . . C#5 . . . . . . .", TestName = "another key")]
    [TestCase("c4 % c8 | not read\nc4", "C5 . . . . . . . C5 . . . . . . .", TestName = "comments and lines")]
    [TestCase("c4 \\\nc4", "C5 . . . . . . . C5 . . . . . . .", TestName = "a line that goes on")]
    [TestCase("c4\nw:la la A:|\nc4", "C5 . . . . . . . C5 . . . . . . .", TestName = "words")]
    public void A_bar(string music, string? expected)
    {
        MelodySet read = Read("C", $"{music} |");
        if (expected is null)
            Assert.That(read.Windows, Is.Empty);
        else
            Assert.That(Keys.Words(read.Windows.Single().Keys), Is.EqualTo(expected));
    }

    [TestCase("C", "C5 D5 E5 F5 G5 A5 B5")]
    [TestCase("D", "C#5 D5 E5 F#5 G5 A5 B5")]
    [TestCase("F#m", "C#5 D5 E5 F#5 G#5 A5 B5")]
    [TestCase("Bm", "C#5 D5 E5 F#5 G5 A5 B5")]
    [TestCase("Dmix", "C5 D5 E5 F#5 G5 A5 B5")]
    [TestCase("D Mixolydian", "C5 D5 E5 F#5 G5 A5 B5")]
    [TestCase("Ador", "C5 D5 E5 F#5 G5 A5 B5")]
    [TestCase("Ephr", "C5 D5 E5 F5 G5 A5 B5")]
    [TestCase("Flyd", "C5 D5 E5 F5 G5 A5 B5")]
    [TestCase("Bloc", "C5 D5 E5 F5 G5 A5 B5")]
    [TestCase("Bb", "C5 D5 D#5 F5 G5 A5 A#5")]
    [TestCase("Ebm", "C5 C#5 D#5 F5 F#5 G#5 A#5", "c=c d e f g a b")]
    [TestCase("C#", "C#5 D#5 F5 F#5 G#5 A#5 C6")]
    [TestCase("Cb", "B4 C#5 D#5 E5 F#5 G#5 A#5")]
    [TestCase("Hp", "C#5 D5 E5 F#5 G5 A5 B5")]
    [TestCase("none", "C5 D5 E5 F5 G5 A5 B5")]
    [TestCase("A minor clef=bass", "C5 D5 E5 F5 G5 A5 B5")]
    [TestCase("D ^g =f", "C#5 D5 E5 F5 G#5 A5 B5")]
    public void A_key(string key, string expected, string? notes = null)
    {
        MelodySet read = Read(key, notes is null ? "cdefgab z |" : "=cdefgab z |");
        string[] names = [.. Keys.Words(read.Windows.Single().Keys).Split(' ').Where(word => word.Length > 1)];
        Assert.That(string.Join(' ', names), Is.EqualTo(expected));
    }

    [Test]
    public void A_tie_goes_over_the_line_with_its_accidental()
    {
        MelodySet read = Read("C", "c4 ^f4- | f4 f4 |", bars: 2);
        Assert.That(Keys.Words(read.Windows.Single().Keys), Is.EqualTo(
            "C5 . . . . . . . F#5 . . . . . . . . . . . . . . . F5 . . . . . . ."));
    }

    [Test]
    public void A_note_that_sounds_into_a_window_starts_there()
    {
        MelodySet read = Read("C", "c4 f4- | f4 g4 |", bars: 1);
        Assert.That(read.Windows.Select(window => Keys.Words(window.Keys)), Is.EqualTo(new[]
        {
            "C5 . . . . . . . F5 . . . . . . .", "F5 . . . . . . . G5 . . . . . . .",
        }));
    }

    [TestCase("L:1/4\nM:4/4", "c d e f |")]
    [TestCase("M:C|", "c2 d2 e2 f2 |")]
    [TestCase("M:2/2", "c2 d2 e2 f2 |")]
    [TestCase("M:C\nL:1/16", "c4 d4 e4 f4 |")]
    public void A_unit_and_a_meter(string fields, string music)
    {
        MelodySet read = Reader(1).ReadAbc($"X:1\n{fields}\nK:C\n{music}\n", "a.abc");
        Assert.That(Keys.Words(read.Windows.Single().Keys), Is.EqualTo("C5 . . . D5 . . . E5 . . . F5 . . ."));
    }

    [Test]
    public void Fields_before_the_first_tune_hold_for_all()
    {
        MelodySet read = Reader(1).ReadAbc(
            "L:1/4\nM:4/4\n\nX:1\nT:One\nK:C\nc d e f |\n\nX:2\nT:Two\nK:C\nL:1/8\nc8 |\n", "two.abc");
        Assert.That(read.Windows.Select(window => (window.Piece, Melody.Notes(window.Keys)[0].Length)),
            Is.EqualTo(new[] { ("two.abc X:1 One", 4), ("two.abc X:2 Two", 16) }));
    }

    [Test]
    public void Voices_are_read_apart()
    {
        MelodySet read = Reader(1).ReadAbc(
            "X:1\nT:Duet\nM:4/4\nL:1/8\nK:C\nV:1\nc8 |\nV:2 clef=bass\nC8 |\n[V:1] d8 |\nV:2\nD8 |\n", "duet.abc");
        Assert.That(read.Windows.Select(window => (window.Voice, window.Bar, Melody.Notes(window.Keys)[0].Pitch)),
            Is.EqualTo(new[] { ("voice 1", 0, 72), ("voice 1", 1, 74), ("voice 2", 0, 60), ("voice 2", 1, 62) }));
        Assert.That(read.Sources.Select(source => source.Windows), Is.EqualTo(new[] { 2, 2 }));
    }

    private static MelodySet Read(string key, string music, int bars = 1)
    {
        MelodySet read = Reader(bars).ReadAbc($"X:1\nM:4/4\nL:1/8\nK:{key}\n{music}\n", "a.abc");
        return read;
    }

    private static MelodyReader Reader(int bars) => new(new() { Bars = bars, MinimumNotes = 1 });
}
