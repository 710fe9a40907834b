using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Music;

/// <summary>The order in which bars of ABC are played: each holds one note, and is told by it.</summary>
internal sealed class AbcRepeatTests
{
    [TestCase("C|D|E|", "CDE")]
    [TestCase("|:C|D:|E|", "CDCDE")]
    [TestCase("C|D:|E|F:|", "CDCDEFEF")]
    [TestCase("|:C|D::E|F:|", "CDCDEFEF")]
    [TestCase("|:C|D:|:E|F:|", "CDCDEFEF")]
    [TestCase("|:C|1D:|2E|]F|", "CDCEF")]
    [TestCase("|:C|[1D:|[2E||F|", "CDCEF")]
    [TestCase("C [1D:| [2E || F|G:|", "CDCEFGFG")]
    [TestCase("|:C|1D:|2E:|F|", "CDCEF")]
    [TestCase("|:C|1,3D:|2E:|F|", "CDCECDF")]
    [TestCase("|:C|1-2D:|3E|]", "CDCDCE")]
    [TestCase("|:C|1D|E:|2F|G|:A|B:|", "CDECFGABAB")]
    [TestCase("|:C|D|E|]", "CDE", TestName = "a repeat that nothing closes")]
    [TestCase("C||D:|", "CDCD", TestName = "a double line begins no repeat")]
    [TestCase("|:C:||:D:|", "CCDD")]
    [TestCase("[|:C:|]D|", "CCD")]
    [TestCase("C | | D ||", "CD", TestName = "empty bars are none")]
    [TestCase("C | Z2 | D |", "CzzD", TestName = "bars of rest")]
    public void Bars_are_played_in_order(string music, string expected)
    {
        string written = string.Concat(music.Select(sign => sign is >= 'A' and <= 'G' ? $"{sign}8" : $"{sign}"));
        MelodySet read = new MelodyReader(new() { Bars = expected.Length, MinimumNotes = 1 }).ReadAbc(
            $"X:1\nM:4/4\nL:1/8\nK:C\n{written}\n", "a.abc");
        Assert.That(read.Windows, Has.Count.EqualTo(1), string.Join(", ", read.Skipped));
        IReadOnlyList<MelodyNote> notes = Melody.Notes(read.Windows[0].Keys);
        string played = string.Concat(Enumerable.Range(0, expected.Length).Select(bar =>
            notes.Where(note => note.Start == 16 * bar).Select(note => "C D EF G A B"[note.Pitch % 12])
                .DefaultIfEmpty('z').Single()));
        Assert.That(played, Is.EqualTo(expected));
    }

    [Test]
    public void An_upbeat_and_the_end_of_a_part_are_one_bar_together()
    {
        // G4 upbeat | full | short, repeated: upbeat, full, short + upbeat, full, short.
        MelodySet read = new MelodyReader(new() { Bars = 1, MinimumNotes = 1 }).ReadAbc(
            "X:1\nM:4/4\nL:1/4\nK:C\n|: G | c d e f | g a b :|\n", "a.abc");
        Assert.That(read.Windows.Select(window => Keys.Words(window.Keys)), Is.EqualTo(new[]
        {
            "C5 . . . D5 . . . E5 . . . F5 . . .", "G5 . . . A5 . . . B5 . . . G4 . . .",
        }));
        Assert.That(read.Skipped, Is.EqualTo(new Dictionary<MelodyRule, int>
        {
            [MelodyRule.NotFull] = 2,
            [MelodyRule.Repeated] = 1,
        }));
    }
}
