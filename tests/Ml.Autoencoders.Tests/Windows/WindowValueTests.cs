using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>What windows hold.</summary>
internal sealed class WindowValueTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void A_window_has_the_last_rows_time_first()
    {
        float[][] windows = Windows(SeriesRow.Make(5), new() { Length = 3 }, "Pressure", "Flow");
        Assert.That(windows, Is.EqualTo(new float[][]
        {
            [.. Enumerable.Repeat(float.NaN, 6)],
            [.. Enumerable.Repeat(float.NaN, 6)],
            [0, 100, 1, 101, 2, 102],
            [1, 101, 2, 102, 3, 103],
            [2, 102, 3, 103, 4, 104],
        }));
    }

    [Test]
    public void Columns_of_any_numbers_stand_side_by_side()
    {
        float[][] windows = Windows(SeriesRow.Make(3), new() { Length = 2 }, "Count", "Pair", "Pressure", "Number");
        Assert.That(windows[2], Is.EqualTo(new float[] { 1001, 10, -1, 1, 'a', 1002, 20, -2, 2, 'a' }));
    }

    [Test]
    public void The_first_row_can_stand_for_those_that_are_missing()
    {
        float[][] windows = Windows(SeriesRow.Make(4), new() { Length = 3, Start = WindowStart.FirstRow }, "Pressure");
        Assert.That(windows, Is.EqualTo(new float[][] { [0, 0, 0], [0, 0, 1], [0, 1, 2], [1, 2, 3] }));
    }

    [Test]
    public void A_window_of_one_row_is_the_row() => Assert.That(
        Windows(SeriesRow.Make(3), new() { Length = 1 }, "Pressure"), Is.EqualTo(new float[][] { [0], [1], [2] }));

    [TestCase(WindowStart.NoWindow, float.NaN)]
    [TestCase(WindowStart.FirstRow, 0)]
    public void A_window_that_is_longer_than_the_data_is_never_whole(WindowStart start, float first)
    {
        float[][] windows = Windows(SeriesRow.Make(7), new() { Length = 1000, Start = start }, "Pressure");
        Assert.That(windows, Has.Length.EqualTo(7));
        Assert.That(windows[6][..993], Is.All.EqualTo(first));
        Assert.That(windows[6][993..],
            start == WindowStart.FirstRow ? Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5, 6 }) : Is.All.NaN);
    }

    [Test]
    public void An_empty_view_has_no_windows() =>
        Assert.That(Windows([], new() { Length = 3 }, "Pressure"), Is.Empty);

    [Test]
    public void A_missing_number_is_in_its_windows_and_in_no_other()
    {
        SeriesRow[] rows = SeriesRow.Make(6);
        rows[2].Pressure = float.NaN;
        Assert.That(Windows(rows, new() { Length = 2 }, "Pressure"), Is.EqualTo(new float[][]
        {
            [float.NaN, float.NaN], [0, 1], [1, float.NaN], [float.NaN, 3], [3, 4], [4, 5],
        }));
    }

    [Test]
    public void Two_hundred_columns_of_a_vector_are_windows_too()
    {
        var rows = Enumerable.Range(0, 30).Select(i =>
            new Wide { Numbers = [.. Enumerable.Range(0, 200).Select(column => (float)(1000 * i + column))] });
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        IDataView windows = _ml.Transforms.SlidingWindow("Window", ["Numbers"], length: 7).Fit(view).Transform(view);
        Assert.That(windows.Schema["Window"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 7, 200)));
        float[] last = windows.GetColumn<float[]>("Window").Last();
        Assert.That((last[0], last[199], last[200], last[^1]), Is.EqualTo((23000f, 23199f, 24000f, 29199f)));
    }

    [Test]
    public void Two_hundred_columns_stand_side_by_side_in_the_order_in_which_they_are_named()
    {
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"c{i}")];
        string[] sources = ["Pressure", "Flow", "Count"];
        IDataView view = SeriesRow.View(_ml, SeriesRow.Make(9));
        var copies = _ml.Transforms.CopyColumns(
            [.. names.Select((name, i) => new InputOutputColumnPair(name, sources[i % sources.Length]))]);
        IDataView windows = copies.Append(_ml.Transforms.SlidingWindow("Window", names, length: 3)).Fit(view)
            .Transform(view);
        Assert.That(windows.GetColumn<float[]>("Window").Last(), Is.EqualTo(Enumerable.Range(6, 3).SelectMany(row =>
            names.Select((_, i) => row + new[] { 0f, 100, 1000 }[i % sources.Length]))));
        VBuffer<ReadOnlyMemory<char>> slots = default;
        windows.Schema["Window"].GetSlotNames(ref slots);
        Assert.That(slots.GetValues()[^1].ToString(), Is.EqualTo("c199[0]"));
    }

    [Test]
    public void A_column_without_any_number_has_no_windows()
    {
        SeriesRow[] rows = SeriesRow.Make(5);
        foreach (SeriesRow row in rows)
            row.Pressure = float.NaN;
        Assert.That(Windows(rows, new() { Length = 2 }, "Pressure").SelectMany(window => window), Is.All.NaN);
        // With a number beside it, it has windows that miss every other one.
        Assert.That(Windows(rows, new() { Length = 2 }, "Pressure", "Count")[^1],
            Is.EqualTo(new[] { float.NaN, 1003, float.NaN, 1004 }));
    }

    [Test]
    public void Times_as_far_apart_as_the_longest_gap_are_of_one_window()
    {
        // So large that a Single has no time between them.
        SeriesRow[] rows = [.. Enumerable.Range(0, 4).Select(i => SeriesRow.At(i, i))];
        for (int i = 0; i < rows.Length; i++)
            rows[i].Single = (1 << 25) + 4 * i;
        float[][] windows = Windows(rows,
            new() { Length = 2, TimeColumnName = "Single", MaxNumericGap = 4 }, "Pressure");
        Assert.That(windows[1..], Is.EqualTo(new float[][] { [0, 1], [1, 2], [2, 3] }));
        windows = Windows(rows, new() { Length = 2, TimeColumnName = "Single", MaxNumericGap = 3 }, "Pressure");
        Assert.That(windows.SelectMany(window => window), Is.All.NaN);
    }

    [Test]
    public void A_sparse_vector_is_filled_up_with_zeros()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(SeriesRow.Make(4));
        IDataView windows = _ml.Transforms.Categorical.OneHotEncoding("Hot", "Number")
            .Append(_ml.Transforms.SlidingWindow("Window", ["Hot", "Pressure"], length: 2)).Fit(view).Transform(view);
        Assert.That(windows.GetColumn<float[]>("Window").Last(), Is.EqualTo(new float[] { 1, 2, 1, 3 }));
    }

    [Test]
    public void Windows_of_groups_that_alternate_do_not_mix_them(
        [Values("Pump", "Number", "Key")] string group, [Values] WindowStart start)
    {
        SeriesRow[] rows = SeriesRow.Random(300, groups: 4, seed: 3);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Pump").Fit(SeriesRow.View(_ml, rows))
            .Transform(SeriesRow.View(_ml, rows));
        float[][] windows = Read(keyed, new() { Length = 5, GroupColumnName = group, Start = start }, "Pressure");
        Assert.That(windows, Is.EqualTo(WindowOracle.Of(rows, 5, row => [row.Pressure],
            repeatsFirst: start == WindowStart.FirstRow)));
    }

    [Test]
    public void A_group_that_is_shorter_than_a_window_has_none()
    {
        SeriesRow[] rows = [SeriesRow.At(0, 1), SeriesRow.At(0, 2, "b"), SeriesRow.At(1, 3), SeriesRow.At(2, 4)];
        Assert.That(Windows(rows, new() { Length = 3, GroupColumnName = "Pump" }, "Pressure"),
            Is.EqualTo(WindowOracle.Of(rows, 3, row => [row.Pressure])));
    }

    /// <summary>Against the definition, with all that can be combined.</summary>
    [TestCase("Time")]
    [TestCase("Moment")]
    [TestCase("Since")]
    [TestCase("Seconds")]
    [TestCase("Single")]
    [TestCase("Tick")]
    public void Windows_are_as_their_definition_says(string time)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            SeriesRow[] rows = SeriesRow.Random(random.Next(1, 120), groups: random.Next(1, 5), seed);
            int length = random.Next(1, 9);
            int gap = random.Next(1, 7);
            bool isNumber = time is "Seconds" or "Single" or "Tick";
            var options = new SlidingWindowOptions
            {
                Length = length,
                GroupColumnName = "Pump",
                TimeColumnName = time,
                MaxGap = isNumber ? null : TimeSpan.FromSeconds(gap),
                MaxNumericGap = isNumber ? gap : null,
                Start = (WindowStart)random.Next(2),
            };
            Assert.That(Windows(rows, options, "Pressure", "Pair"), Is.EqualTo(WindowOracle.Of(rows, length,
                row => [row.Pressure, .. row.Pair], gap, options.Start == WindowStart.FirstRow)), $"seed {seed}");
        }
    }

    [Test]
    public void A_window_starts_anew_after_a_gap_that_is_longer_than_allowed()
    {
        SeriesRow[] rows =
            [SeriesRow.At(0, 1), SeriesRow.At(5, 2), SeriesRow.At(10.001, 3), SeriesRow.At(11, 4)];
        var options = new SlidingWindowOptions
        {
            Length = 2,
            TimeColumnName = "Time",
            MaxGap = TimeSpan.FromSeconds(5),
        };
        Assert.That(Windows(rows, options, "Pressure"), Is.EqualTo(new float[][]
        {
            [float.NaN, float.NaN], [1, 2], [float.NaN, float.NaN], [3, 4],
        }));
        Assert.That(Windows(rows, options with { Start = WindowStart.FirstRow }, "Pressure"),
            Is.EqualTo(new float[][] { [1, 1], [1, 2], [3, 3], [3, 4] }));
    }

    private float[][] Windows(SeriesRow[] rows, SlidingWindowOptions options, params string[] columns) =>
        Read(SeriesRow.View(_ml, rows), options, columns);

    private float[][] Read(IDataView view, SlidingWindowOptions options, params string[] columns) =>
        [.. _ml.Transforms.SlidingWindow("Window", columns, options).Fit(view).Transform(view)
            .GetColumn<float[]>("Window")];

    private sealed class Wide
    {
        [VectorType(200)]
        public float[] Numbers { get; set; } = [];
    }
}
