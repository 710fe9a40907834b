using System.Text;
using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Music;

/// <summary>Tunes that are damaged or odd: each gives its line or its rules, and none keeps the next from being
/// read.</summary>
internal sealed class OddAbcTests
{
    private const string Head = "X:1\nT:Odd\nM:4/4\nL:1/8\nK:C\n";
    private const string Bars = "cdef gabc' | c'bag fedc |\n";
    private const string Good = "X:2\nT:Good\nM:4/4\nL:1/8\nK:C\n" + Bars;

    [TestCase("X:1\nT:Odd\nM:4/4\n", "odd.abc X:1: there is no field K:, which ends the header of a tune.")]
    [TestCase("X:1\nT:Odd\nM:4/4\ncdef|\n",
        "odd.abc X:1: line 4: there is music before the field K:, which ends the header of a tune.")]
    [TestCase("X:1\nL:1/0\nK:C\nc|\n",
        "odd.abc X:1: line 2: L: is '1/0'; it must be a part of a whole note, such as 1/8, down to 1/512.")]
    [TestCase("X:1\nL:99999999999/3\nK:C\nc|\n",
        "odd.abc X:1: line 2: L: is '99999999999/3'; it must be a part of a whole note, such as 1/8, down to 1/512.")]
    [TestCase("X:1\nL:1/3\nK:C\nc|\n",
        "odd.abc X:1: line 2: L: is '1/3'; it must be a part of a whole note, such as 1/8, down to 1/512.")]
    [TestCase("X:1\nK:H\nc|\n", "odd.abc X:1: line 2: K: is 'H'; it must be a key, such as D, Bm, Dmix or none.")]
    [TestCase("X:1\nK:Dzzz\nc|\n",
        "odd.abc X:1: line 2: K: is 'Dzzz'; it must be a key, such as D, Bm, Dmix or none.")]
    [TestCase(Head + "C999999999 |\n", "odd.abc X:1: line 6: a number has 9 digits; it may have at most 6.")]
    [TestCase(Head + "C9999 |\n",
        "odd.abc X:1: line 6: a note has the length 9999/1; it must be above 0 and at most 64 whole notes.")]
    [TestCase(Head + "C/0 |\n",
        "odd.abc X:1: line 6: a note has the length 1/0; it must be above 0 and at most 64 whole notes.")]
    [TestCase(Head + "[C999999E]999999 |\n",
        "odd.abc X:1: line 6: a note has the length 999998000001/1; it must be above 0 and at most 64 whole notes.")]
    [TestCase(Head + "Z999999 |\n", "odd.abc X:1: line 6: a rest lasts 999999 bars; it must last from 1 to 10000.")]
    [TestCase(Head + "c [CEG\n", "odd.abc X:1: line 6: a bracket is not closed; ']' was expected.")]
    [TestCase(Head + "c {ag\n", "odd.abc X:1: line 6: a bracket is not closed; '}' was expected.")]
    [TestCase(Head + "c [K:D\n", "odd.abc X:1: line 6: a bracket is not closed; ']' was expected.")]
    [TestCase(Head + "|1,2,3,4,5,6,7,8 Z6000 :|\n",
        "odd.abc X:1 Odd: more than 10000 bars are played; at most so many are read.")]
    public void A_damaged_tune_gives_its_line_and_the_next_one_is_read(string tune, string line)
    {
        MelodySet read = new MelodyReader().ReadAbc($"{tune}\n{Good}", "odd.abc");
        Assert.That(read.Faults, Is.EqualTo(new[] { line }));
        Assert.That(read.Windows.Single().Piece, Is.EqualTo("odd.abc X:2 Good"));
    }

    [TestCase(MelodyRule.OtherMeter, "X:1\nM:3/4\nL:1/4\nK:C\nc d e | f g a | b c' c |\n")]
    [TestCase(MelodyRule.OtherMeter, "X:1\nM:6/8\nK:C\n" + Bars)]
    [TestCase(MelodyRule.OtherMeter, "X:1\nK:C\n" + Bars, TestName = "A tune without a meter")]
    [TestCase(MelodyRule.OtherMeter, "X:1\nM:99999999999999/4\nL:1/8\nK:C\n" + Bars)]
    [TestCase(MelodyRule.OtherMeter, Head + "cdef gabc' | [M:3/4] cdefga |\n", TestName = "Another meter within")]
    [TestCase(MelodyRule.Tuplet, Head + "(3cde (3:2:3fga b4 | cdef gabc' |\n")]
    [TestCase(MelodyRule.SeveralVoices, Head + "c8 & C8 | cdef gabc' |\n")]
    [TestCase(MelodyRule.NotFull, Head + "cdef gab | cdef gabc' |\n")]
    [TestCase(MelodyRule.OffGrid, Head + "c/4c/4c/2c cc cccc | cdef gabc' |\n")]
    [TestCase(MelodyRule.OutOfRange, Head + "c'''''def gabc' | cdef gabc' |\n")]
    [TestCase(MelodyRule.TooFewNotes, Head + "c8 | d8 |\n")]
    [TestCase(MelodyRule.TooShort, Head + "cdef gabc' |\n")]
    [TestCase(MelodyRule.TooShort, Head, TestName = "A tune without music")]
    public void A_tune_that_does_not_fit_gives_its_rule(MelodyRule rule, string tune)
    {
        MelodySet read = new MelodyReader().ReadAbc($"{tune}\n{Good}", "odd.abc");
        Assert.That(read.Faults, Is.Empty);
        Assert.That(read.Sources[0].Skipped, Has.Count.EqualTo(1).And.ContainKey(rule));
        Assert.That(read.Windows.Single().Piece, Is.EqualTo("odd.abc X:2 Good"));
    }

    [TestCase(Head + "|: " + Bars, TestName = "A repeat that nothing closes")]
    [TestCase(Head + "cdef gabc' | c'bag fedc", TestName = "A tune without a last line")]
    [TestCase(Head + "cd\u0007ef ga`bc' | $c'bag @ fed#c |\n", TestName = "Signs that ABC does not know")]
    [TestCase(Head + "\" cdef gabc' | c'bag fedc |\n", TestName = "A chord symbol that nothing closes")]
    [TestCase("\uFEFFfree text\n\n" + Head + "% a comment\n" + Bars, TestName = "Text before the first tune")]
    [TestCase("X:1\r\nM:C\r\nK:C\r\ncdef gabc' | c'bag fedc |\r\n", TestName = "Lines as Windows ends them")]
    public void An_odd_tune_is_read(string tune)
    {
        MelodySet read = new MelodyReader().ReadAbc(tune, "odd.abc");
        Assert.That(read.Faults, Is.Empty);
        Assert.That(Melody.Notes(read.Windows.Single().Keys).Select(note => note.Pitch), Is.EqualTo(new[]
        {
            72, 74, 76, 77, 79, 81, 83, 84, 84, 83, 81, 79, 77, 76, 74, 72,
        }));
    }

    [TestCase("", TestName = "An empty file")]
    [TestCase("\u0000\u0001\u0002\u0003", TestName = "A file of no text")]
    [TestCase("T:Odd\nK:C\ncdef|", TestName = "A file without X:")]
    public void A_file_without_a_tune_gives_its_line(string text) =>
        Assert.That(new MelodyReader().ReadAbc(text, "odd.abc").Faults, Is.EqualTo(new[]
        {
            "odd.abc: the file has no tune; a tune begins with a field X:, such as X:1.",
        }));

    [Test]
    public void A_title_cannot_reach_the_terminal_and_is_cut()
    {
        MelodySet read = new MelodyReader().ReadAbc(
            $"X:1\nT:\u001b[2J{new string('x', 5000)}\nM:4/4\nK:C\n{Bars}", "odd.abc");
        Assert.That(read.Sources.Single().Piece, Does.StartWith("odd.abc X:1 ?[2Jxxx").And.Length.LessThan(100));
    }

    [Test]
    public void A_text_that_is_too_long_is_counted_in_characters() =>
        Assert.That(new MelodyReader().ReadAbc(new string('x', 9_000_000), "odd.abc").Faults, Is.EqualTo(new[]
        {
            "odd.abc: the text has 9000000 characters; at most 8388608 are read.",
        }));

    [Test]
    public void Bars_of_all_voices_and_tunes_have_a_bound_together()
    {
        string rests = string.Concat(Enumerable.Range(0, 40).Select(voice => $"V:{voice}\nZ9999\n"));
        string tune = $"{Head}{rests}\n";
        MelodySet read = new MelodyReader().ReadAbc($"{Good}\n{tune}{tune}{Good}", "odd.abc");
        Assert.That(read.Faults, Is.EqualTo(new[]
        {
            "odd.abc X:1: line 140: the file has more than 1000000 bars, as written and as played, together; at most " +
                "so many are read.",
            "odd.abc: its last tunes, 1 of 4, are not read.",
        }));
        Assert.That(read.Windows.Select(window => window.Piece), Is.EqualTo(new[] { "odd.abc X:2 Good" }));
    }

    [Test]
    public void Steps_of_all_windows_have_a_bound_together()
    {
        var random = new Random(5);
        var text = new StringBuilder("X:1\nM:4/4\nL:1/1\nK:C\n");
        for (int voice = 0; voice < 4; voice++)
        {
            text.Append("V:").Append(voice).Append('\n');
            for (int bar = 0; bar < 9_000; bar++)
                text.Append("CDEFGAB"[random.Next(7)]).Append('|');
            text.Append('\n');
        }
        MelodySet read = new MelodyReader(new() { Bars = 64 }).ReadAbc(text.ToString(), "odd.abc");
        Assert.That(read.Faults, Is.EqualTo(new[]
        {
            "odd.abc X:1: the file has more than 33554432 steps in its windows together; at most so many are read.",
        }));
        Assert.That(read.Windows, Is.Empty);
    }

    [Test]
    public void Hostile_tunes_take_neither_memory_nor_time()
    {
        string[] tunes =
        [
            Head + string.Concat(Enumerable.Repeat("c:|", 9_000)),
            Head + string.Concat(Enumerable.Repeat("|1c:|", 9_000)),
            Head + "|" + new string('c', 1_000_000),
            Head + string.Concat(Enumerable.Repeat("[V:1]c|[V:2]c|", 5_000)),
            Head + string.Concat(Enumerable.Range(0, 100).Select(i => $"[V:{i}]c|")),
            Head + new string('(', 500_000) + new string('[', 500_000),
            Head + new string('>', 500_000) + "c" + new string('<', 500_000),
            Head + new string('^', 1_000_000),
            $"{Head}[{new string('^', 1_000_000)}]",
            Head + string.Concat(Enumerable.Repeat("[r:]", 500_000)),
            string.Concat(Enumerable.Repeat("L:1/8\n", 100_000)) + string.Concat(Enumerable.Repeat("X:1\n", 90_000)),
            Head + string.Concat(Enumerable.Repeat("|1,2c:|", 9_000)),
            string.Concat(Enumerable.Repeat("X:1\n", 99_000)),
        ];
        foreach (string tune in tunes)
            Assert.That(() => new MelodyReader().ReadAbc(tune, "odd.abc"), Throws.Nothing);
    }

    [Test]
    public void Whatever_the_letters_are_nothing_but_lines_comes_out()
    {
        const string Signs = "ABCabcz|:[]()<>^_=-/0123456789,'\"!{}&XZ \n%\\VKML";
        var random = new Random(7);
        for (int i = 0; i < 3000; i++)
        {
            var text = new StringBuilder(Head);
            for (int length = random.Next(60); length > 0; length--)
                text.Append(Signs[random.Next(Signs.Length)]);
            Assert.That(() => new MelodyReader().ReadAbc(text.ToString(), "odd.abc"), Throws.Nothing, $"{text}");
        }
    }
}
