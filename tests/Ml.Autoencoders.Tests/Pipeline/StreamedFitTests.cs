using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Pipeline;

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
        Assert.That((source.CursorsOpened, source.CursorsDisposed, source.RowsRead), Is.EqualTo((knowsCount ? 4 : 5, knowsCount ? 4 : 5, 4 * WideRows.Many + tried)));
    }

    [Test]
    public void Rows_held_back_are_measured_and_not_learned_from()
    {
        WideRow[] rows = WideRows.Make();
        using AutoencoderTransformer model = Plain(WideRows.Streaming(epochs: 12, validationFraction: 0.3f)).Fit(WideRows.View(_ml, rows));
        Assert.That(model.History.Select(epoch => epoch.Validation!.Total), Has.All.GreaterThan(0));
        Assert.That(model.History[^1].Validation!.Total, Is.EqualTo(model.History[^1].Training.Total).Within(30).Percent);
        Assert.That(model.History[^1].Validation!.Total, Is.LessThan(model.History[0].Validation!.Total / 3));
    }

    [Test]
    public void Validation_rows_stream_on_their_own()
    {
        using AutoencoderTransformer model = Plain(WideRows.Streaming(epochs: 2)).Fit(WideRows.View(_ml, 100), WideRows.View(_ml));
        using AutoencoderTransformer whole = Plain(WideRows.Training(epochs: 2)).Fit(WideRows.View(_ml, 100), WideRows.View(_ml));
        // The training rows have room either way, so that both are trained alike.
        Assert.That(model.History.Select(epoch => epoch.Training.Total), Is.EqualTo(whole.History.Select(epoch => epoch.Training.Total)));
        Assert.That(model.History.Select(epoch => epoch.Validation!.Total), Is.EqualTo(whole.History.Select(epoch => epoch.Validation!.Total)).Within(1e-6));
    }

    [TestCase(InputScaling.MinMax)]
    [TestCase(InputScaling.Standardize)]
    public void Scaling_learns_what_it_learns_of_rows_in_memory(InputScaling scaling)
    {
        WideRow[] rows = WideRows.Make();
        foreach (WideRow row in rows)
            row.Features = [.. row.Features.Select((value, slot) => 1000 * slot + slot * value)];
        using AutoencoderTransformer streamed = Plain(WideRows.Streaming(epochs: 1), scaling).Fit(WideRows.View(_ml, rows));
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
            "Column 'Features' holds training values from -0.25 to 1.5; binary cross-entropy needs values between 0 and 1."));
    }

    [Test]
    public void A_missing_value_is_found_before_the_first_epoch()
    {
        WideRow[] rows = WideRows.Make();
        rows[990].Features[2] = float.NaN;
        Assert.That(() => Plain(WideRows.Streaming()).Fit(WideRows.View(_ml, rows)), Throws.InvalidOperationException.With.Message.StartsWith(
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
        AutoencoderTransformer Fit(TrainingOptions training) => _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
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
        Assert.That(streamed.History[^1].Training.Total, Is.EqualTo(whole.History[^1].Training.Total).Within(60).Percent);
    }

    [Test]
    public void A_loss_that_is_no_number_says_how_large_the_values_are()
    {
        WideRow[] rows = WideRows.Make();
        rows[17].Features[4] = -3e30f;
        Assert.That(() => Plain(WideRows.Streaming()).Fit(WideRows.View(_ml, rows)), Throws.InvalidOperationException.With.Message.Contains(
            "largest value seen: 2,999,999,"));
    }

    [Test]
    public void A_fit_that_was_stopped_goes_on_to_the_same_weights([Values(1, 7, 10, 14)] int batches)
    {
        using var folder = new TemporaryFolder();
        IDataView rows = WideRows.View(_ml);
        TrainingOptions Training(CancellationToken stop = default, string? from = null) => new()
        {
            Epochs = 2,
            BatchSize = 100,
            Seed = 7,
            RowMemoryMegabytes = 1,
            ValidationFraction = 0.1f,
            Checkpoint = new(folder.Path),
            ResumeFrom = from,
            Cancellation = stop,
        };
        using AutoencoderTransformer whole = Plain(Training()).Fit(rows);

        File.Delete(folder.File("checkpoint.zip"));
        using var source = new CancellationTokenSource();
        int seen = 0;
        IDataView stopping = WideRows.View(_ml, WideRows.Make().Select(row =>
        {
            // The first passes are those that look at both sides of the division, behind one that found no room.
            if (++seen == 820 + 2 * WideRows.Many + 100 * batches)
                source.Cancel();
            return row;
        }));
        Plain(Training(source.Token)).Fit(stopping).Dispose();
        Assert.That(source.IsCancellationRequested, Is.True);

        using AutoencoderTransformer resumed = Plain(Training(from: folder.Path)).Fit(rows);
        Assert.That(Bits.Of(resumed.Encode(WideRows.Make(1)[0].Features)), Is.EqualTo(Bits.Of(whole.Encode(WideRows.Make(1)[0].Features))));
        Assert.That(resumed.History.Select(epoch => epoch.Validation!.Total), Is.EqualTo(whole.History.Select(epoch => epoch.Validation!.Total)));

        WideRow[] others = WideRows.Make();
        others[500].Features[3] += 0.001f;
        Assert.That(() => Plain(Training(from: folder.Path)).Fit(WideRows.View(_ml, others)),
            Throws.InvalidOperationException.With.Message.Contains("is of another fit: the rows are others."));
    }

    [Test]
    public void No_tensor_is_left()
    {
        IDataView rows = WideRows.View(_ml);
        Assert.That(LiveTensors.Left(() => Plain(WideRows.Streaming(epochs: 2, validationFraction: 0.2f), InputScaling.Standardize).Fit(rows).Dispose()), Is.Zero);
    }

    [TestCase(500)]
    [TestCase(1900)]
    [TestCase(2300)]
    public void No_tensor_is_left_where_the_source_fails(int row)
    {
        Assert.That(LiveTensors.Left(() =>
        {
            int seen = 0;
            IDataView failing = WideRows.View(_ml, WideRows.Make().Select(read => ++seen == row ? throw new TimeoutException() : read));
            Assert.That(() => Plain(WideRows.Streaming(epochs: 2), InputScaling.Standardize).Fit(failing), Throws.TypeOf<TimeoutException>());
        }), Is.Zero);
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

    private static double MeanError(AutoencoderTransformer model, IDataView rows) => model.Transform(rows).GetColumn<float>("Error").Average();

    private static float[] ScalingOf(AutoencoderTransformer model)
    {
        using var folder = new TemporaryFolder();
        model.SaveWeights(folder.File("weights"));
        using FileStream stream = File.OpenRead(folder.File("weights"));
        var file = new Autoencoders.Persistence.SafeTensorsReader(stream);
        return [.. file.Read("input.offset"), .. file.Read("input.scale")];
    }
}
