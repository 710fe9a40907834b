using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>Fits to rows that are more than the memory that they may take.</summary>
internal sealed class StreamedFitTests
{
    private readonly MLContext _ml = new(1);

    [TestCase(InputScaling.None)]
    [TestCase(InputScaling.MinMax)]
    [TestCase(InputScaling.Standardize)]
    public void The_model_is_as_good_as_one_that_had_all_rows(InputScaling scaling)
    {
        IDataView rows = WideRows.View(_ml);
        using AutoencoderTransformer streamed = Plain(WideRows.Streaming(epochs: 15), scaling).Fit(rows);
        using AutoencoderTransformer whole = Plain(WideRows.Training(epochs: 15), scaling).Fit(rows);
        Assert.That(streamed.History[0].Training.Total, Is.GreaterThan(3 * streamed.History[^1].Training.Total));
        Assert.That(MeanError(streamed, rows), Is.EqualTo(MeanError(whole, rows)).Within(20).Percent);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Rows_are_read_once_before_the_first_epoch_and_once_in_each(bool knowsCount)
    {
        WideRow[] rows = WideRows.Make();
        var source = new CountingView(knowsCount ? _ml.Data.LoadFromEnumerable(rows) : WideRows.View(_ml, rows));
        Assert.That(source.GetRowCount(), Is.EqualTo(knowsCount ? WideRows.Many : null));
        using AutoencoderTransformer model = Plain(WideRows.Streaming(epochs: 3)).Fit(source);
        // Where nobody knows how many there are, they are read until there is no more room.
        int tried = knowsCount ? 0 : (1 << 20) / (4 * WideRows.Size) + 1;
        Assert.That((source.CursorsOpened, source.CursorsDisposed, source.RowsRead),
            Is.EqualTo((knowsCount ? 4 : 5, knowsCount ? 4 : 5, 4 * WideRows.Many + tried)));
    }

    [Test]
    public void Rows_held_back_are_measured_and_not_learned_from()
    {
        WideRow[] rows = WideRows.Make();
        using AutoencoderTransformer model = Plain(WideRows.Streaming(epochs: 12, validationFraction: 0.3f))
            .Fit(WideRows.View(_ml, rows));
        Assert.That(model.History.Select(epoch => epoch.Validation!.Total), Has.All.GreaterThan(0));
        Assert.That(model.History[^1].Validation!.Total,
            Is.EqualTo(model.History[^1].Training.Total).Within(30).Percent);
        Assert.That(model.History[^1].Validation!.Total, Is.LessThan(model.History[0].Validation!.Total / 3));
    }

    [Test]
    public void Validation_rows_stream_on_their_own()
    {
        using AutoencoderTransformer model = Plain(WideRows.Streaming(epochs: 2))
            .Fit(WideRows.View(_ml, 100), WideRows.View(_ml));
        using AutoencoderTransformer whole = Plain(WideRows.Training(epochs: 2))
            .Fit(WideRows.View(_ml, 100), WideRows.View(_ml));
        // The training rows have room either way, so that both are trained alike.
        Assert.That(model.History.Select(epoch => epoch.Training.Total),
            Is.EqualTo(whole.History.Select(epoch => epoch.Training.Total)));
        Assert.That(model.History.Select(epoch => epoch.Validation!.Total),
            Is.EqualTo(whole.History.Select(epoch => epoch.Validation!.Total)).Within(1e-6));
    }

    [TestCase(InputScaling.MinMax)]
    [TestCase(InputScaling.Standardize)]
    public void Scaling_learns_what_it_learns_of_rows_in_memory(InputScaling scaling)
    {
        WideRow[] rows = WideRows.Make();
        foreach (WideRow row in rows)
            row.Features = [.. row.Features.Select((value, slot) => 1000 * slot + slot * value)];
        using AutoencoderTransformer streamed = Plain(WideRows.Streaming(epochs: 1), scaling)
            .Fit(WideRows.View(_ml, rows));
        using AutoencoderTransformer whole = Plain(WideRows.Training(epochs: 1), scaling).Fit(WideRows.View(_ml, rows));
        Assert.That(ScalingOf(streamed), Is.EqualTo(ScalingOf(whole)));
    }

    [Test]
    public void Values_that_cross_entropy_cannot_have_are_found_before_the_first_epoch()
    {
        WideRow[] rows = WideRows.Make();
        rows[^1].Features[2] = 1.5f;
        rows[^2].Features[3] = -0.25f;
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Network = Small.Network,
            Training = WideRows.Streaming(),
        }).Fit(WideRows.View(_ml, rows)), Throws.InvalidOperationException.With.Message.StartsWith(
            "Column 'Features' holds training values from -0.25 to 1.5; binary cross-entropy needs values between 0 " +
            "and 1."));
    }

    [Test]
    public void A_missing_value_is_found_before_the_first_epoch()
    {
        WideRow[] rows = WideRows.Make();
        rows[990].Features[2] = float.NaN;
        Assert.That(() => Plain(WideRows.Streaming()).Fit(WideRows.View(_ml, rows)),
            Throws.InvalidOperationException.With.Message.StartsWith(
            "Column 'Features', training row 990: slot 2 is NaN."));
    }

    [TestCase(1e-7f, "which leaves 1000 of 1000 rows to train on and 0 to measure on")]
    [TestCase(0.9999999f, "which leaves 0 of 1000 rows to train on and 1000 to measure on")]
    public void A_validation_fraction_leaves_rows_on_both_sides(float fraction, string leaves) =>
        Assert.That(() => Plain(WideRows.Streaming(validationFraction: fraction)).Fit(WideRows.View(_ml)),
            Throws.InvalidOperationException.With.Message.Contains(leaves));

    [Test]
    public void Labels_condition_it()
    {
        AutoencoderTransformer Fit(TrainingOptions training) =>
            _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
            {
                CodeSize = 2,
                Network = Small.Network,
                ConditionColumnName = "Kind",
                TargetColumnName = "Target",
                Scaling = InputScaling.Standardize,
                Training = training,
            }).Fit(WideRows.Keyed(_ml));

        using AutoencoderTransformer streamed = Fit(WideRows.Streaming(epochs: 15));
        using AutoencoderTransformer whole = Fit(WideRows.Training(epochs: 15));
        Assert.That(streamed.History[0].Training.Total, Is.GreaterThan(3 * streamed.History[^1].Training.Total));
        Assert.That(streamed.History[^1].Training.Total,
            Is.EqualTo(whole.History[^1].Training.Total).Within(60).Percent);
    }

    [Test]
    public void A_loss_that_is_no_number_says_how_large_the_values_are()
    {
        WideRow[] rows = WideRows.Make();
        rows[17].Features[4] = -3e30f;
        Assert.That(() => Plain(WideRows.Streaming()).Fit(WideRows.View(_ml, rows)),
            Throws.InvalidOperationException.With.Message.Contains(
            "largest value seen: 2,999,999,"));
    }

    // Rows of a pass that the source has given when the fit is canceled: within the first epoch, when the buffer is
    // full and batches are under way, while the first is measured, and within the second.
    [TestCase(1500)]
    [TestCase(2500)]
    [TestCase(4500)]
    [TestCase(7600)]
    public void A_fit_that_was_stopped_within_an_epoch_goes_on_to_the_same_weights(int given)
    {
        const int Count = 3 * WideRows.Many;
        using var folder = new TemporaryFolder();
        IDataView rows = WideRows.View(_ml, Count);
        TrainingOptions Training(CancellationToken stop = default, string? from = null) => new()
        {
            Epochs = 2,
            BatchSize = 50,
            Seed = 7,
            RowMemoryMegabytes = 1,
            ValidationFraction = 0.1f,
            Checkpoint = new(folder.Path, everyEpochs: 9),
            ResumeFrom = from,
            Cancellation = stop,
        };
        using AutoencoderTransformer whole = Plain(Training()).Fit(rows);

        using var source = new CancellationTokenSource();
        // Before the first epoch rows are read until there is no more room for them, and once for
        // either side of the division.
        int left = (1 << 20) / (4 * WideRows.Size) + 1 + 2 * Count + given;
        IDataView stopping = WideRows.View(_ml, WideRows.Make(Count).Select(row =>
        {
            if (--left == 0)
                source.Cancel();
            return row;
        }));
        Plain(Training(source.Token)).Fit(stopping).Dispose();
        Assert.That(BatchesOf(folder.File("checkpoint.zip")), Is.InRange(1, 60));

        using AutoencoderTransformer resumed = Plain(Training(from: folder.Path)).Fit(rows);
        Assert.That(Bits.Of(resumed.Encode(WideRows.Make(1)[0].Features)),
            Is.EqualTo(Bits.Of(whole.Encode(WideRows.Make(1)[0].Features))));
        Assert.That(resumed.History.Select(epoch => epoch.Validation!.Total),
            Is.EqualTo(whole.History.Select(epoch => epoch.Validation!.Total)));
    }

    [Test]
    public void A_checkpoint_of_other_rows_is_refused()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions Training(string? from = null) =>
            new()
            {
                Epochs = 1,
                BatchSize = 100,
                Seed = 7,
                RowMemoryMegabytes = 1,
                Checkpoint = new(folder.Path),
                ResumeFrom = from,
            };
        Plain(Training()).Fit(WideRows.View(_ml)).Dispose();
        WideRow[] others = WideRows.Make();
        others[500].Features[3] += 0.001f;
        Assert.That(() => Plain(Training(from: folder.Path)).Fit(WideRows.View(_ml, others)),
            Throws.InvalidOperationException.With.Message.Contains("is from another fit: the rows are different."));
    }

    [Test]
    public void Batches_that_no_memory_holds_are_refused() =>
        Assert.That(() => Plain(new() { RowMemoryMegabytes = 1, BatchSize = int.MaxValue }).Fit(WideRows.View(_ml)),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "TrainingOptions.BatchSize is 2147483647: with rows of 320 numbers a batch may take more than 2 GiB. " +
            "Rows that take more than TrainingOptions.RowMemoryMegabytes need smaller batches."));

    [Test]
    public void A_data_view_that_can_be_read_only_once_is_no_source_of_many_passes()
    {
        using IEnumerator<WideRow> once = ((IEnumerable<WideRow>)WideRows.Make()).GetEnumerator();
        IEnumerable<WideRow> Rest()
        {
            while (once.MoveNext())
                yield return once.Current;
        }
        // What was read to see whether there is room is gone.
        Assert.That(() => Plain(WideRows.Streaming()).Fit(_ml.Data.LoadFromEnumerable(Rest())),
            Throws.InvalidOperationException.With.Message.StartsWith(
            "Column 'Features': the training data had more than 819 rows when it was first read, and 180 when it was " +
            "read again."));
    }

    [TestCase(3, "pass 2")]
    [TestCase(4, "pass 3")]
    public void Values_that_are_others_in_a_later_pass_are_an_error(int reading, string pass)
    {
        WideRow[] rows = WideRows.Make();
        // The first reading ends when there is no more room for rows; the second one looks at them, and is the first
        // pass.
        IDataView changing = Readings(read => read < reading
            ? rows : [.. rows.Select((row, i) => i == 700 ? With(row, row.Features[3] + 0.1f) : row)]);
        Assert.That(() => Plain(WideRows.Streaming()).Fit(changing),
            Throws.InvalidOperationException.With.Message.EqualTo(
            $"Column 'Features': the training data gave other rows in {pass} over them than in the first. Rows that " +
            "take more than TrainingOptions.RowMemoryMegabytes are read again in every epoch, and have to be the " +
            "same each time: write them to a file once, for example with " +
            "ml.Data.SaveAsBinary, or give them as much memory as they need."));
    }

    [Test]
    public void So_are_validation_rows()
    {
        WideRow[] rows = WideRows.Make();
        IDataView changing = Readings(read => [.. rows.Select(row => With(row, row.Features[3] + 0.01f * read))]);
        Assert.That(() => Plain(WideRows.Streaming()).Fit(WideRows.View(_ml, 100), changing),
            Throws.InvalidOperationException.With.Message.StartsWith(
                "Column 'Features': the validation data gave other rows in pass 2 over them than in the first."));
    }

    [Test]
    public void Rows_in_another_order_each_time_are_the_same()
    {
        WideRow[] rows = WideRows.Make();
        IDataView shuffling = Readings(read => [.. rows.OrderBy(row => row.Features[read])]);
        using AutoencoderTransformer model = Plain(WideRows.Streaming()).Fit(shuffling);
        using AutoencoderTransformer seeded = Plain(WideRows.Streaming(validationFraction: 0.3f))
            .Fit(_ml.Data.ShuffleRows(WideRows.View(_ml, rows), seed: 3));
        Assert.That((model.History.Count, seeded.History.Count), Is.EqualTo((3, 3)));
    }

    // Their ids are their places: rows that are measured on would become rows to learn from.
    [Test]
    public void Where_some_are_held_back_they_have_to_keep_their_ids()
    {
        WideRow[] rows = WideRows.Make();
        IDataView shuffling = Readings(read => [.. rows.OrderBy(row => row.Features[read])]);
        Assert.That(() => Plain(WideRows.Streaming(validationFraction: 0.3f)).Fit(shuffling),
            Throws.InvalidOperationException.With.Message.Contains(
            "have to be the same each time, with the same ids: write them to a file once"));
    }

    [Test]
    public void Small_rows_are_reconstructed_as_wide_ones()
    {
        // 4 numbers to 40,000: a part of some thousand rows would be too much.
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40)
            .Select(i => new Widened { Features = [i, 1, 2, 3] }));
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Small.Network,
            TargetColumnName = "Target",
            Training = new() { Epochs = 1, RowMemoryMegabytes = 1, Seed = 1, ValidationFraction = 0.3f },
        }).Fit(rows);
        Assert.That(model.History[0].Validation!.Total, Is.GreaterThan(0));
    }

    [Test]
    public void No_tensor_is_left()
    {
        IDataView rows = WideRows.View(_ml);
        Assert.That(LiveTensors.Left(() => Plain(WideRows.Streaming(epochs: 2, validationFraction: 0.2f),
            InputScaling.Standardize).Fit(rows).Dispose()), Is.Zero);
    }

    // When it is tried to keep rows, in the pass that looks at them, while the buffer is filled, among batches,
    // and in the second epoch.
    [TestCase(500)]
    [TestCase(1500)]
    [TestCase(2300)]
    [TestCase(2750)]
    [TestCase(3750)]
    public void No_tensor_is_left_where_the_source_fails(int row)
    {
        Assert.That(LiveTensors.Left(() =>
        {
            int seen = 0;
            IDataView failing = WideRows.View(_ml,
                WideRows.Make().Select(read => ++seen == row ? throw new TimeoutException() : read));
            Assert.That(() => Plain(WideRows.Streaming(epochs: 2), InputScaling.Standardize).Fit(failing),
                Throws.TypeOf<TimeoutException>());
        }), Is.Zero);
    }

    /// <summary>A data view that gives the rows of each reading of it, counted from 1.</summary>
    private IDataView Readings(Func<int, WideRow[]> of)
    {
        int readings = 0;
        IEnumerable<WideRow> Next()
        {
            foreach (WideRow row in of(++readings))
                yield return row;
        }
        return _ml.Data.LoadFromEnumerable(Next());
    }

    private static WideRow With(WideRow row, float value)
    {
        float[] features = [.. row.Features];
        features[3] = value;
        return new WideRow { Features = features, Target = row.Target, Kind = row.Kind };
    }

    private AutoencoderEstimator Plain(TrainingOptions training, InputScaling scaling = InputScaling.None) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Small.Network,
            Scaling = scaling,
            ErrorColumnName = "Error",
            Training = training,
        });

    private static double MeanError(AutoencoderTransformer model, IDataView rows) =>
        model.Transform(rows).GetColumn<float>("Error").Average();

    private static float[] ScalingOf(AutoencoderTransformer model)
    {
        using var folder = new TemporaryFolder();
        model.SaveWeights(folder.File("weights"));
        using FileStream stream = File.OpenRead(folder.File("weights"));
        var file = new Autoencoders.Persistence.SafeTensorsReader(stream);
        return [.. file.Read("input.offset"), .. file.Read("input.scale")];
    }

    /// <summary>The batches done of the epoch that a checkpoint was written in.</summary>
    private static int BatchesOf(string checkpoint)
    {
        using ZipArchive zip = ZipFile.OpenRead(checkpoint);
        using Stream json = zip.GetEntry("Checkpoint.json")!.Open();
        return JsonNode.Parse(json)!["state"]!["progress"]!["batches"]!.GetValue<int>();
    }

    private sealed class Widened
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        [VectorType(40_000)]
        public float[] Target { get; set; } = new float[40_000];
    }
}
