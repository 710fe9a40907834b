using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>What a fit says, and how it is stopped from the side of ML.NET.</summary>
internal sealed class TrainingReportTests
{
    [Test]
    public void The_log_has_the_device_and_a_line_for_each_epoch()
    {
        var ml = new MLContext();
        var lines = new List<string>();
        ml.Log += (_, line) => lines.Add(line.RawMessage);
        using AutoencoderTransformer model = Stage.Fit(ml);
        Assert.That(lines, Has.One.EqualTo("Plain autoencoder on cpu: 40 rows of 12 to codes of 3."));
        Assert.That(lines.Where(line => line.StartsWith("epoch ", StringComparison.Ordinal)),
            Is.EqualTo(model.History.Select(epoch => epoch.ToString())).And.Exactly(3).Items);
    }

    [Test]
    public void The_log_says_which_weights_were_kept()
    {
        var ml = new MLContext();
        var lines = new List<string>();
        ml.Log += (_, line) => lines.Add(line.RawMessage);
        // So small a step improves nothing by 1: the first epoch stays the best to stop by.
        using AutoencoderTransformer model = Stage.Make(ml,
            new() { Epochs = 9, LearningRate = 1e-9f, Seed = 7, EarlyStopping = new(2, minImprovement: 1) })
            .Fit(Rows.View(ml, 40));
        Assert.That(model.History, Has.Count.EqualTo(3));
        int best = model.History.MinBy(epoch => epoch.Training.Total)!.Epoch;
        Assert.That(lines, Has.One.EqualTo($"The weights are those of epoch {best}."));
    }

    [Test]
    public void A_fit_that_learned_less_than_the_mean_row_is_warned_of()
    {
        var ml = new MLContext();
        List<string> warnings = WarningsOf(ml);
        Row[] rows = Rows.Make(40);
        using AutoencoderTransformer model = Stage.Make(ml,
            new() { Epochs = 3, BatchSize = 16, LearningRate = 10, Seed = 7 })
            .Fit(ml.Data.LoadFromEnumerable(rows));
        double errorOfMean = Enumerable.Range(0, Row.Size).Average(slot =>
        {
            double mean = rows.Average(row => row.Features[slot]);
            return rows.Average(row => Math.Pow(row.Features[slot] - mean, 2));
        });
        double loss = model.History[^1].Training.Terms["reconstruction"];
        Assert.That(loss, Is.GreaterThan(errorOfMean));
        Assert.That(warnings, Is.EqualTo(new[]
        {
            FormattableString.Invariant(
                $"The reconstruction loss ended at {loss:G4}; always giving the mean row reaches {errorOfMean:G4}. ") +
            "Usual causes: too few epochs, a learning rate that is too high, inputs that are not scaled (see " +
            "InputScaling).",
        }));
    }

    [TestCase(ReconstructionLoss.MeanSquaredError)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy)]
    public void A_fit_that_learned_more_than_the_mean_row_is_not_warned_of(ReconstructionLoss loss)
    {
        var ml = new MLContext();
        List<string> warnings = WarningsOf(ml);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = Stage.CodeSize,
            Loss = loss,
            Network = Small.Network,
            Training = Small.Training(epochs: 100),
        }).Fit(Rows.View(ml, 40));
        Assert.That(warnings, Is.Empty);
        Assert.That(model.History, Has.Count.EqualTo(100));
    }

    [Test]
    public void Loading_a_model_logs_its_device()
    {
        var ml = new MLContext();
        using AutoencoderTransformer model = Stage.Fit(ml);
        byte[] saved = ModelZip.Save(ml, model, Rows.View(ml, 1).Schema);
        var loading = new MLContext();
        var lines = new List<string>();
        loading.Log += (_, line) => lines.Add(line.RawMessage);
        using var loaded = (IDisposable)ModelZip.Load(loading, saved);
        Assert.That(lines, Has.One.EqualTo("Plain autoencoder on cpu."));
    }

    [Test]
    public void A_processor_that_stands_in_for_a_gpu_is_warned_of()
    {
        const string Warning = "GPU 63 was requested and is not available; the CPU is used instead.";
        // No machine has that many.
        var ml = new MLContext { GpuDeviceId = 63, FallbackToCpu = true };
        List<string> warnings = WarningsOf(ml);
        using AutoencoderTransformer model = Stage.Make(ml, Small.Training(epochs: 60)).Fit(Rows.View(ml, 40));
        Assert.That(warnings, Is.EqualTo(new[] { Warning }));
        using var loaded = (IDisposable)ModelZip.Load(ml, ModelZip.Save(ml, model, Rows.View(ml, 1).Schema));
        Assert.That(warnings, Is.EqualTo(new[] { Warning, Warning }));
        Assert.That(model.Device, Is.EqualTo("cpu"));
    }

    [Test]
    public void A_processor_that_stands_in_for_the_gpu_of_an_option_is_warned_of()
    {
        var ml = new MLContext();
        List<string> warnings = WarningsOf(ml);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            Training = Small.Training(epochs: 60),
            Device = ComputeDevice.Gpu(62, fallbackToCpu: true),
        }).Fit(Rows.View(ml, 40));
        Assert.That(warnings,
            Is.EqualTo(new[] { "GPU 62 was requested and is not available; the CPU is used instead." }));
    }

    [Test]
    public void The_callback_gets_every_epoch_in_order()
    {
        var ml = new MLContext();
        var epochs = new List<TrainingEpoch>();
        int thread = Environment.CurrentManagedThreadId;
        using AutoencoderTransformer model = Stage.Make(ml, Small.Training(epochs: 4, epoch =>
        {
            Assert.That(Environment.CurrentManagedThreadId, Is.EqualTo(thread));
            epochs.Add(epoch);
        })).Fit(Rows.View(ml, 40), Rows.View(ml, 20, seed: 2));
        Assert.That(epochs, Is.EqualTo(model.History));
        Assert.That(epochs.Select(epoch => (epoch.Epoch, epoch.Epochs)),
            Is.EqualTo(new[] { (1, 4), (2, 4), (3, 4), (4, 4) }));
        Assert.That(epochs.Select(epoch => epoch.Validation), Has.All.Not.Null);
        Assert.That(epochs[0].IsBest, Is.True);
        Assert.That(epochs[^1].Remaining, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void An_error_of_the_callback_ends_the_fit()
    {
        var ml = new MLContext();
        Assert.That(() => Stage.Make(ml, Small.Training(onEpoch: _ => throw new TimeoutException("Enough.")))
            .Fit(Rows.View(ml, 40)),
            Throws.TypeOf<TimeoutException>().With.Message.EqualTo("Enough."));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Validation_losses_that_are_no_finite_numbers_are_warned_of_once(bool streamed)
    {
        var ml = new MLContext(seed: 1);
        List<string> warnings = WarningsOf(ml);
        var training = new TrainingOptions
        {
            Epochs = 4,
            BatchSize = 16,
            Seed = 7,
            RowMemoryMegabytes = streamed ? 1 : 64,
        };
        // Some 50,000 rows of 12 numbers are more than 1 MiB.
        IDataView far = ml.Data.LoadFromEnumerable(Enumerable.Range(0, streamed ? 50_000 : 5)
            .Select(_ => new Row { Features = [.. Enumerable.Repeat(1e25f, Row.Size)] }));
        using AutoencoderTransformer model = Stage.Make(ml, training).Fit(Rows.View(ml, 40), far);
        Assert.That(warnings.Where(line => line.StartsWith("The validation loss", StringComparison.Ordinal)),
            Is.EqualTo(new[]
        {
            "The validation loss is Infinity in epoch 1. The fit continues, and such an epoch is never the best. " +
                "Usual causes: validation rows far beyond the training rows (largest value seen: 1E+25; in training: " +
            $"{Rows.Make(40).Max(row => row.Features.Max()):G4}), a learning rate that is too high, " +
            "inputs that are not scaled (see InputScaling).",
        }));
        Assert.That(model.History, Has.Count.EqualTo(4).And.All.Property("IsBest").False);
    }

    [Test]
    public void Where_early_stopping_has_no_best_epoch_a_resumed_fit_says_so_again()
    {
        var ml = new MLContext(seed: 1);
        using var folder = new TemporaryFolder();
        TrainingOptions Training(string? from = null) =>
            new()
            {
                Epochs = 9,
                BatchSize = 16,
                Seed = 7,
                EarlyStopping = new(2),
                Checkpoint = new(folder.Path),
                ResumeFrom = from,
            };
        IDataView far = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5)
            .Select(_ => new Row { Features = [.. Enumerable.Repeat(1e25f, Row.Size)] }));
        foreach (TrainingOptions training in new[] { Training(), Training(folder.Path) })
        {
            Assert.That(() => Stage.Make(ml, training).Fit(Rows.View(ml, 40), far),
                Throws.InvalidOperationException.With.Message.StartsWith(
                "The validation loss was not a finite number in any epoch (epoch 2: Infinity), so that early " +
                "stopping has none to return to."));
        }
    }

    [Test]
    public void Canceling_the_context_ends_a_fit()
    {
        var ml = new MLContext();
        int epochs = 0;
        AutoencoderEstimator estimator = Stage.Make(ml, Small.Training(epochs: 1000, _ =>
        {
            epochs++;
            ml.CancelExecution();
        }));
        long before = LiveTensors.Now;
        Assert.That(() => estimator.Fit(Rows.View(ml, 40)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(epochs, Is.EqualTo(1));
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    [Test]
    public void Canceling_a_token_gives_back_the_best_weights_and_says_so()
    {
        var ml = new MLContext();
        var lines = new List<string>();
        ml.Log += (_, line) => lines.Add(line.RawMessage);
        using var source = new CancellationTokenSource();
        using AutoencoderTransformer model = Stage.Make(ml, new()
        {
            Epochs = 1000,
            Seed = 7,
            Cancellation = source.Token,
            OnEpoch = epoch =>
            {
                if (epoch.Epoch == 2)
                    source.Cancel();
            },
        }).Fit(Rows.View(ml, 40));
        Assert.That(model.History, Has.Count.EqualTo(2));
        Assert.That(lines, Has.One.EqualTo("The fit was canceled; the weights are those of epoch 2."));
    }

    /// <summary>Filled as the context warns.</summary>
    private static List<string> WarningsOf(MLContext ml)
    {
        var warnings = new List<string>();
        ml.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Warning)
                warnings.Add(line.RawMessage);
        };
        return warnings;
    }
}
