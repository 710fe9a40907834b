using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>The scores of rows of series: that of their window, of its last step, or of all windows that hold
/// them.</summary>
internal sealed class WindowScoreTests
{
    private const int Length = 5;
    private const int Channels = 2;
    private const int MaxGap = 3;

    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void The_last_step_is_the_mean_error_of_its_slots([Values] bool isManaged)
    {
        IDataView windows = Windows(Rows(3));
        using AutoencoderAnomalyTransformer detector =
            Fit(windows, WindowScore.LastStep, network: isManaged ? Network.Dense(6) : Network.Recurrent([6]));
        IDataView scored = detector.Transform(windows);
        float[][] errors = [.. scored.GetColumn<float[]>("Errors")];
        float[] scores = [.. scored.GetColumn<float>("Score")];
        Assert.That(scores.Count(float.IsFinite), Is.GreaterThan(50));
        for (int row = 0; row < scores.Length; row++)
        {
            Assert.That(scores[row], float.IsNaN(errors[row][0])
                ? Is.NaN : Is.EqualTo(errors[row][^Channels..].Average()).Within(1e-5).Percent);
        }
        Assert.That(detector.WindowScore, Is.EqualTo(WindowScore.LastStep));
        RequireShareAboveThreshold(scored);
    }

    [Test]
    public void The_last_step_counts_the_values_that_are_there()
    {
        SeriesRow[] rows = Rows(3);
        int row = Windows(rows).GetColumn<float[]>("Window").ToList().FindIndex(window => !float.IsNaN(window[0]));
        rows[row].Flow = double.NaN;
        IDataView windows = Windows(rows);
        using AutoencoderAnomalyTransformer detector =
            Fit(windows, WindowScore.LastStep, missing: MissingValueHandling.LeaveOut);
        IDataView scored = detector.Transform(windows);
        Assert.That(float.IsNaN(scored.GetColumn<float[]>("Window").ElementAt(row)[^1]), Is.True);
        Assert.That(float.IsNaN(scored.GetColumn<float[]>("Window").ElementAt(row)[^2]), Is.False);
        float[] errors = scored.GetColumn<float[]>("Errors").ElementAt(row);
        Assert.That(errors[^1], Is.Zero);
        Assert.That(scored.GetColumn<float>("Score").ElementAt(row),
            Is.EqualTo(errors[^2]).Within(1e-5).Percent);
    }

    [Test]
    public void Scores_of_all_windows_that_hold_a_row_are_as_by_hand(
        [Values(WindowScore.Mean, WindowScore.Maximum)] WindowScore kind, [Values(1, 2, 3)] int seed,
        [Values(AnomalyScoreKind.ReconstructionError, AnomalyScoreKind.Both)] AnomalyScoreKind score)
    {
        SeriesRow[] rows = Rows(seed);
        IDataView windows = Windows(rows);
        using AutoencoderAnomalyTransformer single = Fit(windows, WindowScore.Window, score);
        using AutoencoderAnomalyTransformer several = Fit(windows, kind, score);
        IDataView scored = several.Transform(windows);
        float[] expected = ByHand(rows, [.. single.Transform(windows).GetColumn<float>("Score")], kind);
        float[] found = [.. scored.GetColumn<float>("Score")];
        Assert.That(expected.Count(float.IsFinite), Is.GreaterThan(100));
        Assert.That(found.Length, Is.EqualTo(expected.Length));
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.That(found[row],
                float.IsNaN(expected[row]) ? Is.NaN : Is.EqualTo(expected[row]).Within(1e-5).Percent, $"row {row}");
        }
        RequireShareAboveThreshold(scored, together: Length);
        RequireLabels(scored, several.Threshold);
        // The other columns are about the window that ends in the row.
        Assert.That(scored.GetColumn<float[]>("Errors").SelectMany(x => x),
            Is.EqualTo(single.Transform(windows).GetColumn<float[]>("Errors").SelectMany(x => x)));
    }

    [Test]
    public void P_values_are_about_the_same_scores()
    {
        IDataView windows = Windows(Rows(1));
        using AutoencoderAnomalyTransformer detector = Fit(windows, WindowScore.Mean);
        IDataView scored = detector.Transform(windows);
        float[] scores = [.. scored.GetColumn<float>("Score")];
        float[] finite = [.. scores.Where(float.IsFinite)];
        float[] values = [.. scored.GetColumn<float>("P")];
        for (int row = 0; row < scores.Length; row++)
        {
            Assert.That(values[row], float.IsNaN(scores[row]) ? Is.NaN : Is.EqualTo(
                (finite.Count(other => other >= scores[row]) + 1.0) / (finite.Length + 1)).Within(1e-4).Percent);
        }
    }

    [Test]
    public void Rows_that_were_left_out_after_the_windows_hold_nothing_and_are_held_by_none()
    {
        IDataView windows = Windows(Rows(2));
        using AutoencoderAnomalyTransformer detector = Fit(windows, WindowScore.Maximum);
        // Without the rows that have no window: a window holds the rows since then.
        IDataView whole = _ml.Data.FilterRowsByMissingValues(windows, "Window");
        SeriesRow[] rows = [.. _ml.Data.CreateEnumerable<SeriesRow>(whole, reuseRowObject: false)];
        using AutoencoderAnomalyTransformer single = Fit(windows, WindowScore.Window);
        float[] scores = [.. single.Transform(whole).GetColumn<float>("Score")];
        Assert.That(detector.Transform(whole).GetColumn<float>("Score"),
            Is.EqualTo(ByHand(rows, scores, WindowScore.Maximum)).Within(1e-5).Percent);
        // Every third row of a pump: no window is the last one, moved by one row.
        IDataView some = _ml.Data.FilterRowsByColumn(Counted(whole), "Kept", lowerBound: 0.5);
        Assert.That(detector.Transform(some).GetColumn<float>("Score"),
            Is.EqualTo(single.Transform(some).GetColumn<float>("Score")));
    }

    [Test]
    public void Views_can_be_taken_from_cached_and_read_in_several_ways()
    {
        IDataView windows = Windows(Rows(1));
        using AutoencoderAnomalyTransformer detector = Fit(windows, WindowScore.Mean);
        IDataView scored = detector.Transform(windows);
        float[] all = [.. scored.GetColumn<float>("Score")];
        Assert.That(_ml.Data.Cache(scored).GetColumn<float>("Score"), Is.EqualTo(all));
        Assert.That(_ml.Data.TakeRows(scored, 40).GetColumn<float>("Score"), Is.EqualTo(all[..40]));
        Assert.That(_ml.Data.SkipRows(scored, 40).GetColumn<float>("Score"), Is.EqualTo(all[40..]));
        Assert.That(detector.Transform(_ml.Data.Cache(windows)).GetColumn<float>("Score"), Is.EqualTo(all));
        Assert.That(scored.CanShuffle, Is.False);
        DataViewRowCursor[] cursors = scored.GetRowCursorSet(scored.Schema, 4);
        Assert.That(cursors, Has.Length.EqualTo(1));
        cursors[0].Dispose();
        Assert.That(scored.GetColumn<string>("Pump").Count(), Is.EqualTo(all.Length));
        // Rows at the end of what is read are held by what was read alone.
        IDataView first = _ml.Data.TakeRows(windows, 30);
        using AutoencoderAnomalyTransformer single = Fit(windows, WindowScore.Window);
        float[] ended = [.. detector.Transform(first).GetColumn<float>("Score")];
        Assert.That(ended, Is.EqualTo(ByHand(Rows(1)[..30], [.. single.Transform(first).GetColumn<float>("Score")],
            WindowScore.Mean)).Within(1e-5).Percent);
        Assert.That(ended, Is.Not.EqualTo(all[..30]));
    }

    [Test]
    public void A_saved_detector_gives_the_same_scores([Values] WindowScore kind)
    {
        IDataView windows = Windows(Rows(1));
        using var folder = new TemporaryFolder();
        using AutoencoderAnomalyTransformer detector = Fit(windows, kind);
        _ml.Model.Save(detector, windows.Schema, folder.File("m.zip"));
        ITransformer loaded = _ml.Model.Load(folder.File("m.zip"), out _);
        using IDisposable owner = (IDisposable)loaded;
        Assert.That(loaded.Transform(windows).GetColumn<float>("Score"),
            Is.EqualTo(detector.Transform(windows).GetColumn<float>("Score")));
        Assert.That(loaded.GetAnomalyDetector().WindowScore, Is.EqualTo(kind));
    }

    [Test]
    public void Rows_without_a_window_have_no_score_and_are_no_anomalies([Values] bool gaps,
        [Values(WindowScore.Window, WindowScore.LastStep)] WindowScore kind, [Values] bool isManaged)
    {
        IDataView windows = Windows(Rows(1));
        using AutoencoderAnomalyTransformer detector = Fit(windows, kind, contamination: 0.3f,
            missing: gaps ? MissingValueHandling.LeaveOut : MissingValueHandling.Refuse,
            network: isManaged || gaps ? Network.Dense(6) : Network.Recurrent([6]));
        IDataView scored = detector.Transform(windows);
        bool[] have = [.. windows.GetColumn<float[]>("Window").Select(window => !window.All(float.IsNaN))];
        Assert.That(have, Has.Some.False.And.Some.True);
        Assert.That(scored.GetColumn<float>("Score").Select(score => !float.IsNaN(score)), Is.EqualTo(have));
        Assert.That(scored.GetColumn<float>("P").Select(value => !float.IsNaN(value)), Is.EqualTo(have));
        Assert.That(scored.GetColumn<float[]>("Code").Select(code => !code.Any(float.IsNaN)), Is.EqualTo(have));
        Assert.That(scored.GetColumn<bool>("PredictedLabel").Where((_, row) => !have[row]), Has.None.True);
        Assert.That(scored.GetColumn<bool>("PredictedLabel"), Has.Some.True);
    }

    [Test]
    public void Codes_of_rows_without_a_window_are_missing_where_gaps_are_left_out()
    {
        IDataView windows = Windows(Rows(1));
        using AutoencoderTransformer stage = _ml.Transforms.Autoencoders.VectorQuantized("Code", "Window", new()
        {
            CodeSize = 2,
            CodebookSize = 4,
            Network = Network.Dense(6),
            MissingValues = MissingValueHandling.LeaveOut,
            CodeIndicesColumnName = "Keys",
            Training = new() { Epochs = 1, Seed = 1 },
        }).Fit(windows);
        IDataView coded = stage.Transform(windows);
        bool[] have = [.. windows.GetColumn<float[]>("Window").Select(window => !window.All(float.IsNaN))];
        Assert.That(coded.GetColumn<float[]>("Code").Select(code => !code.Any(float.IsNaN)), Is.EqualTo(have));
        Assert.That(coded.GetColumn<uint[]>("Keys").Select(keys => keys[0] > 0), Is.EqualTo(have));
    }

    [Test]
    public void Onnx_files_say_the_same_of_rows_without_a_window([Values] bool gaps,
        [Values(WindowScore.Window, WindowScore.LastStep)] WindowScore kind)
    {
        IDataView windows = Windows(Rows(1));
        using AutoencoderAnomalyTransformer detector = Fit(windows, kind,
            missing: gaps ? MissingValueHandling.LeaveOut : MissingValueHandling.Refuse);
        using var folder = new TemporaryFolder();
        detector.SaveOnnx(folder.File("m.onnx"));
        float[][] rows = [.. windows.GetColumn<float[]>("Window")];
        float[] found = OnnxScores(folder.File("m.onnx"), rows);
        float[] expected = [.. detector.Transform(windows).GetColumn<float>("Score")];
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.That(found[row], float.IsNaN(expected[row])
                ? Is.NaN : Is.EqualTo(expected[row]).Within(1e-3).Percent);
        }
    }

    [TestCase(WindowScore.Mean)]
    [TestCase(WindowScore.Maximum)]
    public void What_looks_ahead_cannot_score_single_rows(WindowScore kind)
    {
        IDataView rows = SeriesRow.View(_ml, Rows(1));
        ITransformer model = Pipeline(new() { WindowScore = kind }).Fit(rows);
        using var owner = (IDisposable)model;
        Assert.That(() => _ml.Model.CreatePredictionEngine<SeriesRow, ScoredRow>(model), Throws.Exception);
        AutoencoderAnomalyTransformer detector = model.GetAnomalyDetector();
        Assert.That(((ITransformer)detector).IsRowToRowMapper, Is.False);
        Assert.That(() => ((ITransformer)detector).GetRowToRowMapper(Windows(Rows(1)).Schema),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains($"WindowScore is {kind}"));
        using var folder = new TemporaryFolder();
        Assert.That(() => detector.SaveOnnx(folder.File("m.onnx")),
            Throws.InvalidOperationException.With.Message.Contains($"WindowScore.{kind}"));
        Assert.That(File.Exists(folder.File("m.onnx")), Is.False);
    }

    [Test]
    public void A_column_that_is_none_of_windows_is_refused([Values(WindowScore.LastStep, WindowScore.Mean)]
        WindowScore kind) =>
        Assert.That(() => _ml.AnomalyDetection.Trainers.Autoencoder("Pair", new AutoencoderAnomalyOptions
        {
            WindowScore = kind,
        }).Fit(SeriesRow.View(_ml, Rows(1))), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Pair' does not hold windows that ml.Transforms.SlidingWindow made, and WindowScore is " +
            $"{kind}, which a row of a series has. Append the detector to SlidingWindow, or use WindowScore.Window."));

    [Test]
    public void A_view_to_score_has_to_tell_its_series_apart()
    {
        IDataView windows = Windows(Rows(1));
        using AutoencoderAnomalyTransformer detector = Fit(windows, WindowScore.Mean);
        IDataView lost = _ml.Transforms.DropColumns("Pump").Fit(windows).Transform(windows);
        Assert.That(() => detector.Transform(lost), Throws.InvalidOperationException.With.Message.Contains("'Pump'"));
        IDataView copied = _ml.Data.LoadFromEnumerable(windows.GetColumn<float[]>("Window")
            .Select(window => new Given { Window = window }));
        Assert.That(() => detector.Transform(copied),
            Throws.InvalidOperationException.With.Message.Contains("does not say that ml.Transforms.SlidingWindow"));
    }

    [Test]
    public void Only_a_reconstruction_error_has_a_last_step()
    {
        Assert.That(() => _ml.AnomalyDetection.Trainers.Autoencoder("Window", new AutoencoderAnomalyOptions
        {
            WindowScore = WindowScore.LastStep,
            Score = AnomalyScoreKind.Both,
        }), Throws.ArgumentException.With.Message.Contains(
            "WindowScore is LastStep, and Score is Both, which is about a window as a whole; it must be " +
            "ReconstructionError."));
        Assert.That(() => _ml.AnomalyDetection.Trainers.VariationalAutoencoder("Window", new VariationalAnomalyOptions
        {
            WindowScore = WindowScore.LastStep,
        }), Throws.ArgumentException.With.Message.Contains("WindowScore is LastStep"));
        Assert.That(() => _ml.AnomalyDetection.Trainers.Autoencoder("Window", new AutoencoderAnomalyOptions
        {
            WindowScore = (WindowScore)7,
        }), Throws.InstanceOf<ArgumentException>().With.Message.Contains("WindowScore"));
    }

    [Test]
    public void A_variational_detector_has_scores_of_several_windows()
    {
        SeriesRow[] rows = Rows(1);
        IDataView windows = Windows(rows);
        AutoencoderAnomalyTransformer Variational(WindowScore kind) =>
            _ml.AnomalyDetection.Trainers.VariationalAutoencoder("Window", new VariationalAnomalyOptions
            {
                WindowScore = kind,
                CodeSize = 2,
                Network = Network.Dense(6),
                Draws = 3,
                Training = new() { Epochs = 2, Seed = 1 },
            }).Fit(windows);
        using AutoencoderAnomalyTransformer single = Variational(WindowScore.Window);
        using AutoencoderAnomalyTransformer several = Variational(WindowScore.Mean);
        Assert.That(several.Transform(windows).GetColumn<float>("Score"), Is.EqualTo(ByHand(rows,
            [.. single.Transform(windows).GetColumn<float>("Score")], WindowScore.Mean)).Within(1e-4).Percent);
    }

    [Test]
    public void Series_that_are_not_kept_have_no_scores_of_several_windows()
    {
        IDataView windows = Windows([.. Enumerable.Range(0, 140_000).Select(i => SeriesRow.At(i, i % 17))]);
        Assert.That(() => Fit(windows, WindowScore.Mean, memory: 1), Throws.InvalidOperationException.With.Message
            .EqualTo("Column 'Window': WindowScore is Mean, and the training rows take more memory than " +
                "TrainingOptions.RowMemoryMegabytes, so that it is not known which windows hold a row. Set that " +
                "option higher, or use WindowScore.Window."));
    }

    [Test]
    public void A_threshold_by_groups_that_are_held_out_is_about_the_scores_of_their_rows(
        [Values] bool isNamed, [Values] bool isKey)
    {
        // Two plants, whose pumps alternate.
        SeriesRow[] rows = SeriesRow.Random(600, 4, 5);
        foreach (SeriesRow row in rows)
        {
            row.Pressure = MathF.Sin((float)row.Seconds);
            row.Flow = Math.Cos(0.7 * row.Seconds) * row.Pump[0];
            row.Number = row.Pump[0] % 2;
        }
        IDataView view = SeriesRow.View(_ml, rows);
        if (isKey)
            view = _ml.Transforms.Conversion.MapValueToKey("Pump").Fit(view).Transform(view);
        IDataView windows = Window().Fit(view).Transform(view);
        using AutoencoderAnomalyTransformer detector = _ml.AnomalyDetection.Trainers.Autoencoder("Window",
            new AutoencoderAnomalyOptions
            {
                WindowScore = WindowScore.Mean,
                Contamination = 0.1f,
                CodeSize = 2,
                Training = new()
                {
                    Epochs = 1,
                    Seed = 1,
                    ValidationFraction = isNamed ? 0.5f : 0.25f,
                    ValidationGroupColumnName = isNamed ? "Number" : null,
                },
            }).Fit(windows);
        IDataView scored = detector.Transform(windows);
        float[] scores = [.. scored.GetColumn<float>("Score")];
        string[] groups = [.. rows.Select(row => isNamed ? $"{row.Number}" : row.Pump)];
        // Of the group that set it a tenth of the rows is above the threshold, to one row.
        Assert.That(groups.Distinct().Select(group =>
        {
            float[] own = [.. scores.Where((score, row) => groups[row] == group && float.IsFinite(score))];
            return Math.Abs(own.Count(score => score > detector.Threshold) - 0.1 * own.Length);
        }).Min(), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_last_step_that_is_missing_as_a_whole_has_no_score([Values] bool isManaged)
    {
        SeriesRow[] rows = Rows(3);
        int row = Windows(rows).GetColumn<float[]>("Window").ToList().FindIndex(window => !float.IsNaN(window[0]));
        (rows[row].Pressure, rows[row].Flow) = (float.NaN, double.NaN);
        IDataView windows = Windows(rows);
        using AutoencoderAnomalyTransformer detector = Fit(windows, WindowScore.LastStep,
            missing: MissingValueHandling.LeaveOut,
            network: isManaged ? Network.Dense(6) : Network.Dense([6], Activation.Gelu));
        IDataView scored = detector.Transform(windows);
        Assert.That(windows.GetColumn<float[]>("Window").ElementAt(row), Has.Some.Not.NaN);
        Assert.That(scored.GetColumn<float>("Score").ElementAt(row), Is.NaN);
        Assert.That(scored.GetColumn<bool>("PredictedLabel").ElementAt(row), Is.False);
        Assert.That(scored.GetColumn<float[]>("Code").ElementAt(row), Has.None.NaN);
        using var folder = new TemporaryFolder();
        detector.SaveOnnx(folder.File("m.onnx"));
        float[] window = windows.GetColumn<float[]>("Window").ElementAt(row);
        Assert.That(OnnxScores(folder.File("m.onnx"), [window])[0], Is.NaN);
    }

    [Test]
    public void Windows_that_are_taken_as_pictures_are_no_series_and_can_be_saved()
    {
        IDataView windows = Windows(Rows(1));
        AutoencoderAnomalyOptions options = new()
        {
            Image = new ImageFormat(Length, Channels),
            CodeSize = 2,
            Network = Network.Dense(6),
            Training = new() { Epochs = 1, Seed = 1 },
        };
        using AutoencoderAnomalyTransformer detector =
            _ml.AnomalyDetection.Trainers.Autoencoder("Window", options).Fit(windows);
        using var folder = new TemporaryFolder();
        _ml.Model.Save(detector, windows.Schema, folder.File("m.zip"));
        using var loaded = (IDisposable)_ml.Model.Load(folder.File("m.zip"), out _);
        Assert.That(((ITransformer)loaded).Transform(windows).GetColumn<float>("Score"),
            Is.EqualTo(detector.Transform(windows).GetColumn<float>("Score")));
        Assert.That(() => _ml.AnomalyDetection.Trainers.Autoencoder("Window",
                options with { WindowScore = WindowScore.Mean }).Fit(windows),
            Throws.InvalidOperationException.With.Message.Contains("or they are taken as pictures"));
    }

    [Test]
    public void Rows_that_are_shuffled_have_no_scores_of_several_windows()
    {
        IDataView windows = Windows(Rows(1));
        IDataView shuffled = _ml.Data.ShuffleRows(windows);
        using AutoencoderAnomalyTransformer detector = Fit(windows, WindowScore.Mean);
        Assert.That(() => detector.Transform(shuffled),
            Throws.InvalidOperationException.With.Message.StartsWith("The rows are shuffled (ShuffleRows), and with"));
        Assert.That(() => Fit(shuffled, WindowScore.Mean), Throws.InvalidOperationException.With.Message.StartsWith(
            "Column 'Window': WindowScore is Mean, and the training rows are shuffled (ShuffleRows)"));
    }

    [Test]
    public void Validation_rows_of_which_it_is_not_known_what_holds_them_are_refused_before_the_training()
    {
        IDataView windows = Windows(Rows(1));
        IDataView copied = _ml.Data.LoadFromEnumerable(windows.GetColumn<float[]>("Window")
            .Where(window => !float.IsNaN(window[0])).Select(window => new Given { Window = window }));
        int epochs = 0;
        Assert.That(() => _ml.AnomalyDetection.Trainers.Autoencoder("Window", new AutoencoderAnomalyOptions
        {
            WindowScore = WindowScore.Mean,
            Training = new() { Epochs = 1, OnEpoch = _ => epochs++ },
        }).Fit(windows, copied), Throws.InvalidOperationException.With.Message.Contains(
            "The validation data does not say so: let ml.Transforms.SlidingWindow write the column"));
        Assert.That(epochs, Is.Zero);
    }

    /// <summary>Waves of three pumps in random order, with gaps.</summary>
    private static SeriesRow[] Rows(int seed)
    {
        SeriesRow[] rows = SeriesRow.Random(200, 3, seed);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (SeriesRow row in rows)
        {
            row.Count = counts[row.Pump] = counts.GetValueOrDefault(row.Pump) + 1;
            row.Pressure = MathF.Sin((float)row.Seconds);
            row.Flow = Math.Cos(0.7 * row.Seconds) * row.Pump[0];
        }
        return rows;
    }

    /// <summary>As the definition says: a row is held by the windows that end in it and in the next rows of its
    /// stretch. A stretch is known by its rows: all of them without a gap.</summary>
    private static float[] ByHand(SeriesRow[] rows, float[] scores, WindowScore kind)
    {
        return [.. Enumerable.Range(0, rows.Length).Select(Of)];

        float Of(int row)
        {
            var held = new List<float>();
            int steps = 0;
            double last = rows[row].Seconds;
            for (int later = row; later < rows.Length && steps < Length; later++)
            {
                if (rows[later].Pump != rows[row].Pump)
                    continue;
                if (rows[later].Seconds - last > MaxGap)
                    break;
                last = rows[later].Seconds;
                steps++;
                if (!float.IsNaN(scores[later]))
                    held.Add(scores[later]);
            }
            return held.Count == 0 ? float.NaN : kind == WindowScore.Mean ? held.Average() : held.Max();
        }
    }

    /// <param name="scored">The scores of the rows of the fit.</param>
    /// <param name="together">How many rows may have one score.</param>
    private static void RequireShareAboveThreshold(IDataView scored, int together = 1)
    {
        int[] counts = [.. scored.GetColumn<float>("Score").Select(score => float.IsNaN(score) ? 0 : 1)];
        Assert.That(scored.GetColumn<bool>("PredictedLabel").Count(label => label),
            Is.EqualTo(0.1 * counts.Sum()).Within(together));
    }

    private static void RequireLabels(IDataView scored, float threshold) =>
        Assert.That(scored.GetColumn<bool>("PredictedLabel"),
            Is.EqualTo(scored.GetColumn<float>("Score").Select(score => score > threshold)));

    private static float[] OnnxScores(string path, float[][] rows)
    {
        using var session = new OnnxSession(path);
        return [.. session.Run("Window", rows)["Score"].Select(score => score[0])];
    }

    private IDataView Counted(IDataView view)
    {
        return _ml.Transforms.CustomMapping<SeriesRow, Kept>((row, kept) => kept.Keep = row.Count % 3 == 0 ? 1 : 0,
            null).Fit(view).Transform(view);
    }

    private IDataView Windows(SeriesRow[] rows)
    {
        IDataView view = SeriesRow.View(_ml, rows);
        return Window().Fit(view).Transform(view);
    }

    private SlidingWindowEstimator Window() => _ml.Transforms.SlidingWindow("Window", ["Pressure", "Flow"], new()
    {
        Length = Length,
        GroupColumnName = "Pump",
        TimeColumnName = "Seconds",
        MaxNumericGap = MaxGap,
    });

    private EstimatorChain<AutoencoderAnomalyTransformer> Pipeline(AutoencoderAnomalyOptions options) =>
        Window().Append(_ml.AnomalyDetection.Trainers.Autoencoder("Window", options with
        {
            Training = new() { Epochs = 1, Seed = 1 },
        }));

    private AutoencoderAnomalyTransformer Fit(IDataView windows, WindowScore kind,
        AnomalyScoreKind score = AnomalyScoreKind.ReconstructionError, Network? network = null,
        MissingValueHandling missing = default, float contamination = 0.1f, int memory = 4096) =>
        _ml.AnomalyDetection.Trainers.Autoencoder("Window", new AutoencoderAnomalyOptions
        {
            WindowScore = kind,
            Score = score,
            CodeSize = 2,
            Network = network ?? Network.Dense(6),
            Contamination = contamination,
            MissingValues = missing,
            CodeColumnName = "Code",
            PValueColumnName = "P",
            FeatureErrorsColumnName = "Errors",
            Training = new() { Epochs = 2, Seed = 1, RowMemoryMegabytes = memory },
        }).Fit(windows);

    private sealed class Given
    {
        [VectorType(Length * Channels)]
        public float[] Window { get; set; } = [];
    }

    private sealed class Kept
    {
        [ColumnName("Kept")]
        public float Keep { get; set; }
    }

    private sealed class ScoredRow
    {
        public float Score { get; set; }
    }
}
