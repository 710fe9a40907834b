using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>Fits on windows of series: which rows are learned from, and which are held out.</summary>
internal sealed class WindowFitTests
{
    private const int Length = 4;

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _said = [];

    [OneTimeSetUp]
    public void Listen() => _ml.Log += (_, line) =>
    {
        if (line.Kind == ChannelMessageKind.Info)
            _said.Add(line.RawMessage);
    };

    [SetUp]
    public void Forget() => _said.Clear();

    [TestCase(InputScaling.None)]
    [TestCase(InputScaling.Standardize)]
    [TestCase(InputScaling.MinMax)]
    public void Rows_without_a_window_are_skipped_and_the_fit_has_the_bits_of_one_without_them(InputScaling scaling)
    {
        IDataView windows = Windows(Wave(120, "a", "b"));
        float[][] all = [.. windows.GetColumn<float[]>("Window")];
        float[][] whole = [.. all.Where(window => !float.IsNaN(window[0]))];
        Assert.That((all.Length, whole.Length), Is.EqualTo((240, 240 - 2 * (Length - 1))));
        using AutoencoderTransformer skipping = Stage(scaling).Fit(windows);
        using AutoencoderTransformer given = Stage(scaling).Fit(Table(whole));
        Assert.That(skipping.History.Select(epoch => epoch.Training.Total),
            Is.EqualTo(given.History.Select(epoch => epoch.Training.Total)));
        Assert.That(skipping.Encode([whole[7]]), Is.EqualTo(given.Encode([whole[7]])));
    }

    [Test]
    public void Rows_that_are_read_in_every_pass_are_skipped_too()
    {
        IDataView windows = Windows(Long(), length: 40);
        var options = new TrainingOptions
        {
            Epochs = 2,
            BatchSize = 2048,
            Seed = 5,
            RowMemoryMegabytes = 1,
            ValidationFraction = 0.25f,
        };
        using AutoencoderTransformer model = Stage(training: options).Fit(windows);
        Assert.That(_said, Has.Some.EqualTo(
            "Validation rows: 1 of 4 groups of column 'Pump', 69,961 of 279,844 rows."));
        Assert.That(_said, Has.Some.Contains($": {3 * 69_961:N0} rows of "));
        Assert.That(model.History[^1].Validation!.Total, Is.LessThan(model.History[0].Validation!.Total));
    }

    [Test]
    public void Other_missing_values_are_refused()
    {
        SeriesRow[] rows = Wave(30, "a");
        rows[9].Flow = double.NaN;
        Assert.That(() => Stage().Fit(Windows(rows)), Throws.InvalidOperationException.With.Message.StartsWith(
            "Column 'Window', training row 9: slot 7 ('Flow[0]') is NaN."));
    }

    [Test]
    public void A_window_that_misses_some_values_is_learned_from_where_these_are_left_out()
    {
        SeriesRow[] rows = Wave(60, "a");
        rows[9].Flow = double.NaN;
        using AutoencoderTransformer model =
            Stage(missing: MissingValueHandling.LeaveOut, network: Network.Dense(8)).Fit(Windows(rows));
        Assert.That(_said, Has.Some.Contains(": 57 rows of "));
    }

    [Test]
    public void Where_no_row_has_a_window_the_error_says_why() =>
        Assert.That(() => Stage().Fit(Windows([.. Wave(3, "a"), .. Wave(2, "b")])),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Window': none of the 5 training rows has a window. Each is made of 4 rows of one group " +
                "(column 'Pump') without a gap between them. Use a shorter SlidingWindowOptions.Length, or Start = " +
                "WindowStart.FirstRow."));

    [Test]
    public void Rows_that_miss_everything_are_refused_where_nothing_says_that_they_are_windows() =>
        Assert.That(() => Stage().Fit(Table([new float[8], [.. Enumerable.Repeat(float.NaN, 8)]])),
            Throws.InvalidOperationException.With.Message.StartsWith(
                "Column 'Window', training row 1: slot 0 is NaN."));

    [Test]
    public void Groups_are_held_out_as_a_whole()
    {
        // Those of "d" are far from the others, and cannot be reconstructed by what has not seen them.
        SeriesRow[] rows = [.. Wave(80, "a", "b", "c"), .. Wave(80, "d").Select(row => Far(row))];
        var fits = Enumerable.Range(0, 8).Select(seed =>
        {
            _said.Clear();
            using AutoencoderTransformer model = Stage(training: Holding(0.25f, seed)).Fit(Windows(rows));
            Assert.That(_said, Has.Some.EqualTo(
                "Validation rows: 1 of 4 groups of column 'Pump', 77 of 308 rows."));
            return model.History[^1].Validation!.Total / model.History[^1].Training.Total;
        }).ToArray();
        // A quarter of the groups: that of "d" among some of the fits, and then all of it.
        Assert.That(fits.Where(ratio => ratio > 100), Is.Not.Empty);
        Assert.That(fits.Where(ratio => ratio < 10), Is.Not.Empty);
        Assert.That(fits.Where(ratio => ratio is >= 10 and <= 100), Is.Empty);
    }

    [Test]
    public void Of_one_series_the_last_windows_are_held_out_and_those_that_share_rows_with_them_left_out()
    {
        // From the place of the first window that is held out on, everything is far away.
        const int Rows = 103, Held = 20, Windows_ = Rows - Length + 1;
        int firstRow = Windows_ - Held;
        SeriesRow[] rows = [.. Wave(Rows, "a").Select((row, i) => i >= firstRow ? Far(row) : row)];
        using AutoencoderTransformer model = Stage(training: Holding(0.2f, 1)).Fit(Windows(rows, group: null));
        Assert.That(_said, Has.Some.EqualTo("Validation rows: the last 20 of 100 windows. The 3 before them have " +
            "rows in common with them, and are left out."));
        Assert.That(_said, Has.Some.Contains(": 77 rows of "));
        // No training row has seen what is far: its error is that of the wave alone.
        Assert.That(model.History[^1].Training.Total, Is.LessThan(1));
        Assert.That(model.History[^1].Validation!.Total, Is.GreaterThan(100));
    }

    [Test]
    public void One_group_is_one_series()
    {
        using AutoencoderTransformer model = Stage(training: Holding(0.2f, 1)).Fit(Windows(Wave(103, "a")));
        Assert.That(_said, Has.Some.StartsWith("Validation rows: the last 20 of 100 windows."));
    }

    [Test]
    public void A_group_column_can_be_named_for_rows_that_are_no_windows()
    {
        IDataView rows = SeriesRow.View(_ml, Wave(50, "a", "b", "c", "d", "e"));
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Pair", Options(
            training: Holding(0.2f, 1) with { ValidationGroupColumnName = "Number" })).Fit(rows);
        Assert.That(_said, Has.Some.EqualTo("Validation rows: 1 of 5 groups of column 'Number', 50 of 250 rows."));
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Pair", Options(
                training: Holding(0.2f, 1) with { ValidationGroupColumnName = "Pump" }))
            .Fit(SeriesRow.View(_ml, Wave(50, "a"))), Throws.InvalidOperationException.With.Message.EqualTo(
                "TrainingOptions.ValidationFraction is 0.2, and all rows have one group in column 'Pump' " +
                "(ValidationGroupColumnName): there is none to hold out."));
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Pair", Options(
                training: Holding(0.2f, 1) with { ValidationGroupColumnName = "Valve" })).Fit(rows),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Valve"));
    }

    [Test]
    public void A_named_group_column_is_taken_instead_of_that_of_the_windows()
    {
        SeriesRow[] rows = Wave(50, "a", "b", "c", "d");
        foreach (SeriesRow row in rows)
            row.Count = row.Pump[0] % 2;
        using AutoencoderTransformer model = Stage(training: Holding(0.5f, 1) with
        {
            ValidationGroupColumnName = "Count",
        }).Fit(Windows(rows));
        Assert.That(_said, Has.Some.EqualTo("Validation rows: 1 of 2 groups of column 'Count', 94 of 188 rows."));
    }

    [Test]
    public void A_view_that_lost_the_group_column_is_told_so()
    {
        IDataView windows = Windows(Wave(50, "a", "b"));
        IDataView lost = _ml.Transforms.DropColumns("Pump").Fit(windows).Transform(windows);
        Assert.That(() => Stage(training: Holding(0.2f, 1)).Fit(lost),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Window' holds windows of the groups of column 'Pump', which the data does not have, and " +
                "validation rows are held out by group. Keep the column, name another one in " +
                "TrainingOptions.ValidationGroupColumnName, or give the fit a validation data view."));
        using AutoencoderTransformer model = Stage().Fit(lost);
        using AutoencoderTransformer same = Stage().Fit(windows);
        Assert.That(model.History[^1].Training.Total, Is.EqualTo(same.History[^1].Training.Total));
    }

    [Test]
    public void Windows_that_are_shuffled_have_no_last_ones()
    {
        IDataView shuffled = _ml.Data.ShuffleRows(Windows(Wave(60, "a"), group: null));
        Assert.That(() => Stage(training: Holding(0.2f, 1)).Fit(shuffled),
            Throws.InvalidOperationException.With.Message.Contains("shuffled (ShuffleRows)"));
        using AutoencoderTransformer model = Stage().Fit(shuffled);
        Assert.That(model.History[^1].Training.Total, Is.LessThan(model.History[0].Training.Total));
    }

    [Test]
    public void Too_few_windows_cannot_be_divided() =>
        Assert.That(() => Stage(training: Holding(0.5f, 1)).Fit(Windows(Wave(9, "a"))),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "TrainingOptions.ValidationFraction is 0.5, and holds out the last 3 of 6 windows. The 3 before them " +
                "have rows in common with them and are left out, so that 0 remain to train on; each needs at least " +
                "one. Use shorter windows or another fraction."));

    [Test]
    public void A_validation_view_of_windows_is_skipped_through_as_well()
    {
        using AutoencoderTransformer model = Stage().Fit(Windows(Wave(60, "a")), Windows(Wave(40, "b")));
        using AutoencoderTransformer given = Stage().Fit(Windows(Wave(60, "a")),
            Table([.. Windows(Wave(40, "b")).GetColumn<float[]>("Window").Skip(Length - 1)]));
        Assert.That(model.History.Select(epoch => epoch.Validation!.Total),
            Is.EqualTo(given.History.Select(epoch => epoch.Validation!.Total)));
    }

    [Test]
    public void A_row_without_a_group_is_refused_where_groups_are_held_out()
    {
        SeriesRow[] rows = Wave(50, "a", "b");
        rows[7].Pump = "";
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Pair", Options(
                training: Holding(0.2f, 1) with { ValidationGroupColumnName = "Pump" }))
            .Fit(SeriesRow.View(_ml, rows)), Throws.InvalidOperationException.With.Message.StartsWith(
                "Column 'Pump', row 7: the group is missing."));
    }

    [Test]
    public void A_group_column_without_a_share_to_hold_out_is_refused() =>
        Assert.That(() => Stage(training: new() { ValidationGroupColumnName = "Pump" }),
            Throws.ArgumentException.With.Message.Contains(
                "ValidationGroupColumnName is 'Pump', and ValidationFraction is 0: no group would be held out."));

    [Test]
    public void A_checkpoint_of_a_fit_on_windows_is_resumed_with_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        IDataView windows = Windows(Wave(80, "a", "b"));
        TrainingOptions training = Holding(0.5f, 3) with { Epochs = 4 };
        using AutoencoderTransformer whole = Stage(training: training).Fit(windows);
        Assert.That(() => Stage(training: training with
        {
            Checkpoint = new(folder.Path),
            OnEpoch = epoch => _ = epoch.Epoch == 3 ? throw new TimeoutException() : 0,
        }).Fit(windows), Throws.TypeOf<TimeoutException>());
        using AutoencoderTransformer resumed =
            Stage(training: training with { ResumeFrom = folder.Path }).Fit(windows);
        Assert.That(resumed.History.Select(epoch => epoch.Validation!.Total),
            Is.EqualTo(whole.History.Select(epoch => epoch.Validation!.Total)));
    }

    /// <summary>Sines of two pressures and flows, one series after the other.</summary>
    private static SeriesRow[] Wave(int rows, params string[] pumps) => [.. pumps.SelectMany((pump, number) =>
        Enumerable.Range(0, rows).Select(i =>
        {
            SeriesRow row = SeriesRow.At(i, MathF.Sin(0.3f * i + number), pump);
            row.Flow = Math.Cos(0.3 * i + number);
            row.Pair = [row.Pressure, (float)row.Flow];
            return row;
        }))];

    private static SeriesRow Far(SeriesRow row)
    {
        row.Pressure += 30;
        row.Flow -= 30;
        return row;
    }

    /// <summary>More than a mebibyte, even kept once.</summary>
    private static SeriesRow[] Long() => Wave(70_000, "a", "b", "c", "d");

    private IDataView Windows(IEnumerable<SeriesRow> rows, int length = Length, string? group = "Pump")
    {
        IDataView view = SeriesRow.View(_ml, rows);
        return _ml.Transforms.SlidingWindow("Window", ["Pressure", "Flow"],
            new() { Length = length, GroupColumnName = group }).Fit(view).Transform(view);
    }

    private IDataView Table(float[][] windows)
    {
        var schema = SchemaDefinition.Create(typeof(Given));
        schema["Window"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, windows[0].Length / 2, 2);
        return _ml.Data.LoadFromEnumerable(windows.Select(window => new Given { Window = window }), schema);
    }

    private AutoencoderEstimator Stage(InputScaling scaling = InputScaling.None, TrainingOptions? training = null,
        MissingValueHandling missing = default, Network? network = null) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Window", Options(scaling, training, missing, network));

    private static PlainOptions Options(InputScaling scaling = InputScaling.None,
        TrainingOptions? training = null, MissingValueHandling missing = default, Network? network = null) => new()
        {
            CodeSize = 1,
            Network = network ?? Network.Dense(4),
            Scaling = scaling,
            MissingValues = missing,
            Training = training ?? new() { Epochs = 3, BatchSize = 16, LearningRate = 0.01f, Seed = 3 },
        };

    private static TrainingOptions Holding(float fraction, int seed) => new()
    {
        Epochs = 10,
        BatchSize = 16,
        LearningRate = 0.01f,
        Seed = seed,
        ValidationFraction = fraction,
    };

    private sealed class Given
    {
        public float[] Window { get; set; } = [];
    }
}
