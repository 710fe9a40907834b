using Heartbeats;
using Heartbeats.Reading;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>Series from which nothing can be learned are refused with what would help.</summary>
internal sealed class HeartbeatRequirementsTests
{
    [TestCase(null, "'Flow' is 1.5 and 'Level' is -2 in all rows: there is nothing to learn. Choose a column that " +
        "changes.", false, false)]
    [TestCase(20, "'Flow' is 1.5 and 'Level' is -2 in all rows: there is nothing to learn. Choose a column that " +
        "changes.", false, false)]
    [TestCase(null, "'Flow' is 1.5 in all rows, and the period of the first column is what a window has if nothing " +
        "else is set. Set --window, or name a column that changes first in --columns.", false, true)]
    [TestCase(20, null, false, true)]
    [TestCase(null, null, true, false)]
    public void Columns_that_never_change_are_named(int? window, string? expected, bool flow, bool level)
    {
        SeriesRow[] rows = [.. Enumerable.Range(0, 60).Select(i =>
            new SeriesRow { Values = [flow ? i : 1.5f, level ? i : -2] })];
        var table = new SeriesTable(["Flow", "Level"], rows, TimeKind.Row, "row", HasGroups: false);

        Assert.That(() => Requirements.RequireChanges(table, Settings(window)), expected is null ? Throws.Nothing
            : Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(expected));
    }

    [TestCase(12, "A window has 12 rows, and the series has 60: that makes 49 windows, and at least 50 are needed. " +
        "Choose a --window of at most 11.", 60)]
    [TestCase(null, "A window has 12 rows, chosen from the data, and the series has 60: that makes 49 windows, and " +
        "at least 50 are needed. Choose a --window of at most 11.", 60)]
    [TestCase(12, "A window has 12 rows, and the series has 52: that makes 41 windows, and at least 50 are needed. " +
        "There are too few rows for any --window.", 52)]
    [TestCase(12, "A window has 12 rows, and the longest of 3 series has 30: all series together make 38 windows, " +
        "and at least 50 are needed. Choose a --window of at most 7.", 30, 8, 30)]
    [TestCase(4, "A window has 4 rows, and the series has 30: that makes 27 windows, and at least 50 are needed. " +
        "There are too few rows for any --window.", 30)]
    [TestCase(11, null, 60)]
    public void Too_few_windows_are_counted_over_all_series(int? window, string? expected, params int[] rows)
    {
        Assert.That(() => Requirements.RequireWindows(Table(rows), window ?? 12, Settings(window)),
            expected is null ? Throws.Nothing
                : Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(expected));
    }

    [Test]
    public void Few_usual_windows_are_too_few()
    {
        Assert.That(() => Requirements.RequireWindows(Table(109), 10, Settings(10, unusual: 0.75f)), Throws.Nothing);
        Assert.That(() => Requirements.RequireWindows(Table(109), 10, Settings(10, unusual: 0.9f)),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("--unusual is 0.9: of 100 windows that leaves " +
                "10 to learn from, and at least 25 are needed. Choose a lower --unusual."));
    }

    private static SeriesTable Table(params int[] rows) => new(["Flow"],
        [.. rows.SelectMany((count, at) => Enumerable.Range(0, count)
            .Select(i => new SeriesRow { Values = [i], Group = $"{at}" }))],
        TimeKind.Row, "row", rows.Length > 1);

    private static Settings Settings(int? window, float unusual = 0.02f) =>
        new(window, unusual, WindowScore.Mean, Epochs: null, OutputFolder: "out");
}
