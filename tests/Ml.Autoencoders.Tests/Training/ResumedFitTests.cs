using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>A fit that goes on from whichever batch ends where one ends that never stopped.</summary>
internal sealed class ResumedFitTests : TensorTests
{
    private const int Rows = 70;
    private const int BatchSize = 16;

    /// <summary>Five that are trained on, and one that is measured.</summary>
    private const int BatchesAnEpoch = 6;
    private const int Epochs = 4;

    [Test]
    public void From_every_batch_on([Range(1, BatchesAnEpoch * Epochs)] int batches)
    {
        using var folder = new TemporaryFolder();
        using AutoencoderModel whole = Model();
        TrainingResult expected = Fit(whole, Options(), folder: null);

        using AutoencoderModel stopped = Model();
        int done = 0;
        Assert.That(() => Fit(stopped, Options(), folder.Path, checkAlive: () =>
        {
            if (++done > batches)
                throw new TimeoutException();
        }), batches < BatchesAnEpoch * Epochs ? Throws.TypeOf<TimeoutException>() : Throws.Nothing);

        using AutoencoderModel resumed = Model(seed: 99);
        TrainingResult found = Fit(resumed, Options(), folder.Path, resume: true);
        Assert.That(Bits.Of(resumed.Numbers()), Is.EqualTo(Bits.Of(whole.Numbers())));
        Assert.That(found.KeptEpoch, Is.EqualTo(expected.KeptEpoch));
        Assert.That(found.History.Select(Losses), Is.EqualTo(expected.History.Select(Losses)));
        Assert.That(found.History, Has.Count.EqualTo(Epochs));
    }

    [Test]
    public void A_fit_that_was_canceled_goes_on()
    {
        using var folder = new TemporaryFolder();
        using AutoencoderModel whole = Model();
        Fit(whole, Options(), folder: null);

        using AutoencoderModel stopped = Model();
        using var source = new CancellationTokenSource();
        int done = 0;
        TrainingOptions rarely = Options(new CheckpointOptions(folder.Path, everyEpochs: 100), source.Token);
        Assert.That(Fit(stopped, rarely, folder.Path, checkAlive: () =>
        {
            if (++done == 8)
                source.Cancel();
        }).WasCanceled, Is.True);

        using AutoencoderModel resumed = Model(seed: 99);
        Fit(resumed, Options(), folder.Path, resume: true);
        Assert.That(Bits.Of(resumed.Numbers()), Is.EqualTo(Bits.Of(whole.Numbers())));
    }

    [Test]
    public void A_fit_that_was_stopped_early_stays_so()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions Stopping(CheckpointOptions? checkpoint = null) => new()
        {
            Epochs = 50,
            BatchSize = BatchSize,
            EarlyStopping = new(2, minImprovement: 10),
            Seed = 7,
            Checkpoint = checkpoint,
        };

        using AutoencoderModel whole = Model();
        Assert.That(Fit(whole, Stopping(new(folder.Path)), folder.Path).History, Has.Count.EqualTo(3));

        using AutoencoderModel resumed = Model(seed: 99);
        int batches = 0;
        TrainingResult found = Fit(resumed, Stopping(new(folder.Path)), folder.Path, resume: true,
            checkAlive: () => batches++);
        Assert.That((found.History.Count, batches), Is.EqualTo((3, 0)));
        Assert.That(Bits.Of(resumed.Numbers()), Is.EqualTo(Bits.Of(whole.Numbers())));
    }

    [Test]
    public void Nothing_is_left_behind() => Assert.That(LiveTensors.Left(() =>
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using (AutoencoderModel model = Model())
            Fit(model, Options(), folder.Path);
        using AutoencoderModel resumed = Model();
        Fit(resumed, Options(), folder.Path, resume: true);
    }), Is.Zero);

    /// <summary>
    /// Draws order, corruption, dropout and more, keeps the best weights and counts epochs without an improvement.
    /// </summary>
    private static TrainingOptions Options(CheckpointOptions? checkpoint = null,
        CancellationToken cancellation = default) => new()
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            LearningRate = 0.01f,
            Schedule = LearningRateSchedule.Cosine(),
            EarlyStopping = new(3),
            Seed = 7,
            Checkpoint = checkpoint ?? new CheckpointOptions("unused", every: TimeSpan.FromTicks(1)),
            Cancellation = cancellation,
        };

    private static AutoencoderModel Model(int seed = 1) => Fitting.Model(
        Network.Compose(layers => layers.Linear(8).BatchNorm().Relu().Dropout(0.2f)),
        corruption: Corruption.Gaussian(0.2f).Then(Corruption.Swap(0.2f, 3..6)), seed: seed);

    /// <param name="model">Trained.</param>
    /// <param name="options">How.</param>
    /// <param name="folder">Of the checkpoint; null for none.</param>
    /// <param name="resume">Whether to begin with it.</param>
    /// <param name="checkAlive">Called before every batch.</param>
    private static TrainingResult Fit(AutoencoderModel model, TrainingOptions options, string? folder,
        bool resume = false, Action? checkAlive = null)
    {
        using Tensor rows = Fitting.Data(Rows);
        using Tensor held = Fitting.Data(20, seed: 3);
        var data = new TrainingData(new TableRows(new RowBatch(rows)), new TableRows(new RowBatch(held)));
        options = options.Completed(Defaults.Standard);
        var identity = new FitIdentity(new ColumnNames("Features", "Code"), model.Definition, options, 7, "these rows");
        using var trainer = new Trainer(model, options, new RandomStreams(7),
            new TrainingCalls(_ => { }, checkAlive ?? (() => { }), saved =>
        {
            if (folder is not null)
                CheckpointFile.Write(folder, identity, saved);
        }));
        if (resume)
        {
            using CheckpointFile checkpoint = CheckpointFile.Open(folder!);
            checkpoint.Restore(trainer);
        }
        return trainer.Fit(data);
    }

    private static (double, double, bool) Losses(TrainingEpoch epoch) =>
        (epoch.Training.Total, epoch.Validation!.Total, epoch.IsBest);
}
