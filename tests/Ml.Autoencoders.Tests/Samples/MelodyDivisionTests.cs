using Melodies;
using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>Melodies to learn from and others to be judged by, and the same ones in other keys.</summary>
internal sealed class MelodyDivisionTests
{
    [TestCase(10, 10)]
    [TestCase(74, 9)]
    [TestCase(2, 30)]
    public void Whole_pieces_are_held_out(int pieces, int windows)
    {
        MelodyWindow[] melodies = Windows([.. Enumerable.Repeat(windows, pieces)]);
        var division = Division.Of(melodies, seed: 1);

        Assert.That(division.Training.Concat(division.HeldOut), Is.EquivalentTo(melodies));
        Assert.That(Pieces(division.Training).Intersect(Pieces(division.HeldOut)), Is.Empty);
        Assert.That(Pieces(division.HeldOut).Count(), Is.EqualTo(Math.Max(1, pieces / 10)));
        Assert.That(Division.Of(melodies, seed: 1).HeldOut, Is.EqualTo(division.HeldOut));
    }

    [Test]
    public void Of_pieces_of_different_size_about_a_tenth_is_held_out()
    {
        Assert.That(Pieces(Division.Of(Windows(60, 20, 30), seed: 1).HeldOut), Is.EqualTo(new[] { "piece 1" }));
        Assert.That(Division.Of(Windows(200, 3, 4, 5, 6, 1, 2), seed: 1).HeldOut, Has.Count.EqualTo(21));
    }

    [Test]
    public void Too_few_melodies_are_refused()
    {
        Assert.That(() => Division.Of(Windows(40, 9), seed: 1), Throws.TypeOf<InvalidDataException>().With.Message
            .EqualTo("There are 49 melodies, and at least 50 are needed. The table says which rule cost how many; " +
                "--bars 1 asks for less, --loose takes recordings."));
        Assert.That(() => Division.Of(Windows(50), seed: 1), Throws.TypeOf<InvalidDataException>().With.Message
            .EqualTo("All 50 melodies are of 'piece 0'. Some pieces are held out to judge the model by, so that at " +
                "least 2 files or tunes are needed."));
    }

    [TestCase(3, 33)]
    [TestCase(5_000, 20_000)]
    [TestCase(30_000, 30_000)]
    public void Melodies_are_moved_to_other_keys_until_there_are_enough(int melodies, int expected)
    {
        IReadOnlyList<uint[]> rows = Transpositions.Of(Windows(melodies), seed: 1);

        Assert.That(rows, Has.Count.EqualTo(expected));
        Assert.That(rows[0], Is.EqualTo(Keys(60)));
        Assert.That(rows.Select(row => row[0]).Distinct(), Is.EquivalentTo(melodies == 30_000 ? [Keys(60)[0]]
            : Enumerable.Range(55, 11).Select(pitch => Keys(pitch)[0])));
    }

    [Test]
    public void Moved_melodies_stay_on_the_piano()
    {
        MelodyWindow high = new(Keys(MelodyKeys.HighestPitch - 2), "piece", "", 0);
        Assert.That(Transpositions.Of([high], seed: 1), Has.Count.EqualTo(8));
    }

    private static MelodyWindow[] Windows(params int[] counts) => [.. counts.SelectMany((count, piece) =>
        Enumerable.Range(0, count).Select(bar => new MelodyWindow(Keys(60), $"piece {piece}", "", bar)))];

    private static IEnumerable<string> Pieces(IEnumerable<MelodyWindow> windows) =>
        windows.Select(window => window.Piece).Distinct();

    private static uint[] Keys(int pitch) => [MelodyKeys.OfPitch(pitch), MelodyKeys.Hold];
}
