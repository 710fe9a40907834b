using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>Windows of rows that come one by one: those of the pipeline.</summary>
internal sealed class WindowTrackerTests
{
    private static readonly string[] Columns = ["Pressure", "Flow", "Pair"];

    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void They_are_those_of_the_pipeline_with_a_restart_in_the_middle(
        [Values(null, "Pump", "Number", "Key")] string? group,
        [Values(null, "Time", "Moment", "Since", "Seconds", "Single", "Tick")] string? time, [Values] WindowStart start)
    {
        SeriesRow[] rows = SeriesRow.Random(150, groups: group is null ? 1 : 3, seed: 4);
        IDataView view = Keyed(rows);
        bool isNumber = time is "Seconds" or "Single" or "Tick";
        SlidingWindowTransformer fitted = Fit(view, new()
        {
            Length = 4,
            GroupColumnName = group,
            TimeColumnName = time,
            MaxGap = time is null || isNumber ? null : TimeSpan.FromSeconds(5),
            MaxNumericGap = isNumber ? 5 : null,
            Start = start,
        });
        float[][] expected = [.. fitted.Transform(view).GetColumn<float[]>("Window")];
        uint[] keys = [.. view.GetColumn<uint>("Key")];
        WindowTracker tracker = fitted.CreateTracker();
        for (int i = 0; i < rows.Length; i++)
        {
            if (i % 40 == 39)
                tracker = Restarted(fitted, tracker);
            float[]? window = tracker.Push(Numbers(rows[i]), GroupOf(rows[i], keys[i], group), TimeOf(rows[i], time));
            Assert.That(window, expected[i].All(float.IsNaN) ? Is.Null : Is.EqualTo(expected[i]), $"row {i}");
        }
        Assert.That(expected, Has.Some.All.NaN.Or.Some.Length.EqualTo(16));
        Assert.That((tracker.RowCount, tracker.GroupCount, tracker.Length, tracker.Channels),
            Is.EqualTo((150L, group is null ? 1 : 3, 4, 4)));
    }

    [Test]
    public void Any_series_is_tracked_as_the_pipeline_does()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            SeriesRow[] rows = SeriesRow.Random(random.Next(1, 100), groups: random.Next(1, 5), seed);
            int length = random.Next(1, 12);
            int gap = random.Next(1, 7);
            SlidingWindowTransformer fitted = Fit(Keyed(rows), new()
            {
                Length = length,
                GroupColumnName = "Pump",
                TimeColumnName = "Seconds",
                MaxNumericGap = gap,
                Start = (WindowStart)random.Next(2),
            });
            float[][] expected = [.. fitted.Transform(Keyed(rows)).GetColumn<float[]>("Window")];
            WindowTracker tracker = fitted.CreateTracker();
            float[] window = new float[4 * length];
            for (int i = 0; i < rows.Length; i++)
            {
                if (random.Next(10) == 0)
                    tracker = Restarted(fitted, tracker);
                bool isThere = tracker.TryPush(Numbers(rows[i]), window, rows[i].Pump, rows[i].Seconds);
                Assert.That(window, Is.EqualTo(expected[i]), $"seed {seed}, row {i}");
                Assert.That(isThere, Is.EqualTo(!expected[i].All(float.IsNaN)));
            }
        }
    }

    /// <summary>A pipeline's row says as much.</summary>
    [Test]
    public void A_window_that_misses_everything_is_none()
    {
        WindowTracker tracker = Fit(Keyed(SeriesRow.Make(1)), new() { Length = 2 }).CreateTracker();
        float[] nothing = [float.NaN, float.NaN, float.NaN, float.NaN];
        Assert.That(tracker.Push(nothing), Is.Null);
        Assert.That(tracker.Push(nothing), Is.Null);
        Assert.That(tracker.Push([1, float.NaN, float.NaN, float.NaN]),
            Is.EqualTo(new[] { float.NaN, float.NaN, float.NaN, float.NaN, 1, float.NaN, float.NaN, float.NaN }));
    }

    [Test]
    public void A_tracker_continues_with_a_transformer_that_was_loaded()
    {
        IDataView view = Keyed(SeriesRow.Make(9));
        SlidingWindowTransformer fitted = Fit(view, new() { Length = 3 });
        WindowTracker tracker = fitted.CreateTracker();
        tracker.Push([1, 2, 3, 4]);
        tracker.Push([5, 6, 7, 8]);
        using var folder = new TemporaryFolder();
        _ml.Model.Save(fitted, view.Schema, folder.File("model.zip"));
        tracker.Save(folder.File("windows"));
        WindowTracker restored = _ml.Model.Load(folder.File("model.zip"), out _).GetSlidingWindow()
            .RestoreTracker(folder.File("windows"));
        Assert.That(restored.Push([9, 10, 11, 12]), Is.EqualTo(Enumerable.Range(1, 12)));
    }

    [Test]
    public void Trackers_share_nothing()
    {
        SlidingWindowTransformer fitted = Fit(Keyed(SeriesRow.Make(1)), new() { Length = 2 });
        WindowTracker one = fitted.CreateTracker();
        WindowTracker other = fitted.CreateTracker();
        one.Push([1, 1, 1, 1]);
        Assert.That(other.Push([2, 2, 2, 2]), Is.Null);
        Assert.That(one.Push([3, 3, 3, 3]), Is.EqualTo(new[] { 1, 1, 1, 1, 3, 3, 3, 3 }));
    }

    [Test]
    public void A_group_that_is_forgotten_makes_room_and_starts_anew()
    {
        WindowTracker tracker = Fit(Keyed(SeriesRow.Make(1)),
            new() { Length = 2, GroupColumnName = "Pump", MaxGroups = 2 }).CreateTracker();
        tracker.Push([1, 1, 1, 1], "a");
        tracker.Push([2, 2, 2, 2], "b");
        Assert.That(() => tracker.Push([3, 3, 3, 3], "c"), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Pump', row 2: group 'c' would be one more than the 2 that may be held at once. Set " +
            "SlidingWindowOptions.MaxGroups higher."));
        Assert.That((tracker.Forget("a"), tracker.Forget("a"), tracker.GroupCount), Is.EqualTo((true, false, 1)));
        Assert.That(tracker.Push([3, 3, 3, 3], "c"), Is.Null);
        Assert.That(tracker.Push([4, 4, 4, 4], "b"), Is.EqualTo(new[] { 2, 2, 2, 2, 4, 4, 4, 4 }));
        WindowTracker only = Fit(Keyed(SeriesRow.Make(1)), new() { Length = 1 }).CreateTracker();
        only.Push([1, 1, 1, 1]);
        Assert.That((only.Forget(), only.Forget(), only.GroupCount), Is.EqualTo((true, false, 0)));
    }

    [Test]
    public void A_row_that_is_refused_changes_nothing()
    {
        WindowTracker tracker = Fit(Keyed(SeriesRow.Make(1)),
            new() { Length = 2, GroupColumnName = "Pump", TimeColumnName = "Seconds" }).CreateTracker();
        tracker.Push([1, 1, 1, 1], "a", 5.0);
        Assert.Multiple(() =>
        {
            Assert.That(() => tracker.Push([2, 2, 2, 2], "a", 4.5), Throws.InvalidOperationException.With.Message
                .EqualTo("Column 'Seconds', row 1: the time of group 'a' is 4.5, before 5 of row 0, the one before " +
                    "it. Sort the rows by time before they are loaded; groups may alternate."));
            Assert.That(() => tracker.Push([2, 2, 2, 2], "b", double.NaN), Throws.InvalidOperationException.With
                .Message.EqualTo("Column 'Seconds', row 1: the time is NaN; it must be a finite number."));
            Assert.That(() => tracker.Push([2, 2, 2, 2], "", 6), Throws.InvalidOperationException.With.Message
                .StartsWith("Column 'Pump', row 1: the group is missing."));
            Assert.That((tracker.RowCount, tracker.GroupCount), Is.EqualTo((1L, 1)));
            Assert.That(tracker.Push([3, 3, 3, 3], "a", 6), Is.EqualTo(new[] { 1, 1, 1, 1, 3, 3, 3, 3 }));
        });
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void A_number_that_no_key_has_is_refused(int number)
    {
        WindowTracker tracker = Fit(Keyed(SeriesRow.Make(1)), new() { Length = 2, GroupColumnName = "Key" })
            .CreateTracker();
        Assert.That(() => tracker.Push([1, 2, 3, 4], number), Throws.InvalidOperationException.With.Message
            .StartsWith("Column 'Key', row 0: the group is missing."));
        Assert.That(tracker.Push([1, 2, 3, 4], 1), Is.Null);
        Assert.That(tracker.GroupCount, Is.EqualTo(1));
    }

    [Test]
    public void A_row_of_other_kinds_is_refused()
    {
        WindowTracker plain = Fit(Keyed(SeriesRow.Make(1)), new() { Length = 2 }).CreateTracker();
        WindowTracker full = Fit(Keyed(SeriesRow.Make(1)),
            new() { Length = 2, GroupColumnName = "Key", TimeColumnName = "Time" }).CreateTracker();
        float[] row = [1, 2, 3, 4];
        Assert.Multiple(() =>
        {
            RequireArgument(() => plain.Push([1, 2]),
                "The row has 2 numbers; those of 'Pressure', 'Flow', 'Pair' are 4. (Parameter 'values')");
            RequireArgument(() => plain.TryPush(row, new float[7]),
                "There is room for 7 numbers; a window has 2 x 4. (Parameter 'window')");
            RequireArgument(() => plain.Push(row, "a"),
                "The row is of group 'a', and the windows have no group column. (Parameter 'group')");
            RequireArgument(() => plain.Push(row, time: 3),
                "The row is of the time 3, and the windows have no time column. (Parameter 'time')");
            RequireArgument(() => full.Push(row, time: DateTime.UnixEpoch), "The row is of no group; column 'Key' " +
                "holds a key in each row, to be given by its number. (Parameter 'group')");
            RequireArgument(() => full.Push(row, "a", DateTime.UnixEpoch), "The row is of group 'a'; column 'Key' " +
                "holds a key in each row, to be given by its number. (Parameter 'group')");
            RequireArgument(() => full.Push(row, 1),
                "The row is of no time; column 'Time' holds a DateTime in each row. (Parameter 'time')");
            RequireArgument(() => full.Push(row, 1, 2.5),
                "The row is of the time 2.5, a Double; column 'Time' holds a DateTime in each row. (Parameter 'time')");
            RequireArgument(() => full.Push(row, 1, TimeSpan.FromSeconds(3)), "The row is of the time 00:00:03, a " +
                "TimeSpan; column 'Time' holds a DateTime in each row. (Parameter 'time')");
            Assert.That(plain.RowCount + full.RowCount, Is.Zero);
        });
    }

    [Test]
    public void Numbers_are_times_of_columns_of_fractions_as_the_column_would_hold_them()
    {
        WindowTracker tracker = Fit(Keyed(SeriesRow.Make(1)), new() { Length = 1, TimeColumnName = "Single" })
            .CreateTracker();
        float[] row = [1, 2, 3, 4];
        tracker.Push(row, time: 1);
        tracker.Push(row, time: 1.1);
        Assert.That(() => tracker.Push(row, time: 1.1 + 1e-9), Throws.InvalidOperationException.With.Message
            .StartsWith("Column 'Single', row 2: the time is 1.1, the same as that of row 1, the one before it."));
        WindowTracker whole = Fit(Keyed(SeriesRow.Make(1)), new() { Length = 1, TimeColumnName = "Tick" })
            .CreateTracker();
        whole.Push(row, time: long.MaxValue);
        whole.Push(row, time: WindowTime.FromUInt64(ulong.MaxValue));
        RequireArgument(() => whole.Push(row, time: 1.5),
            "The row is of the time 1.5, a Double; column 'Tick' holds an integer in each row. (Parameter 'time')");
    }

    private static void RequireArgument(Action call, string message) =>
        Assert.That(call, Throws.ArgumentException.With.Message.EqualTo(message));

    private static float[] Numbers(SeriesRow row) => [row.Pressure, (float)row.Flow, .. row.Pair];

    private static WindowGroup GroupOf(SeriesRow row, uint key, string? column) => column switch
    {
        null => default,
        "Pump" => row.Pump,
        "Number" => row.Number,
        _ => key,
    };

    private static WindowTime TimeOf(SeriesRow row, string? column) => column switch
    {
        null => default,
        "Time" => row.Time,
        "Moment" => row.Moment,
        "Since" => row.Since,
        "Seconds" => row.Seconds,
        "Single" => row.Single,
        _ => WindowTime.FromUInt64(row.Tick),
    };

    private static WindowTracker Restarted(SlidingWindowTransformer fitted, WindowTracker tracker)
    {
        using var stream = new MemoryStream();
        tracker.Save(stream);
        long length = stream.Length;
        stream.WriteByte(7);
        stream.Position = 0;
        WindowTracker restored = fitted.RestoreTracker(stream);
        Assert.That(stream.Position, Is.EqualTo(length), "what follows is left");
        return restored;
    }

    private SlidingWindowTransformer Fit(IDataView view, SlidingWindowOptions options) =>
        _ml.Transforms.SlidingWindow("Window", Columns, options).Fit(view);

    private IDataView Keyed(SeriesRow[] rows) => _ml.Transforms.Conversion.MapValueToKey("Key", "Pump")
        .Fit(SeriesRow.View(_ml, rows)).Transform(SeriesRow.View(_ml, rows));
}
