using Ml.Autoencoders.Models;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

internal sealed class CancellationTests : TensorTests
{
    [Test]
    public void Canceled_before_the_first_batch_a_fit_leaves_the_initial_weights()
    {
        using AutoencoderModel model = Fitting.Model();
        float[] before = model.Numbers();

        TrainingResult result = Fitting.Fit(model, Options(new CancellationToken(canceled: true)), Fitting.Data(64));

        Assert.Multiple(() =>
        {
            Assert.That((result.WasCanceled, result.KeptEpoch), Is.EqualTo((true, 0)));
            Assert.That(result.History, Is.Empty);
            Assert.That(model.Numbers(), Is.EqualTo(before));
        });
    }

    [Test]
    public void Canceled_within_the_first_epoch_a_fit_keeps_the_weights_as_they_are()
    {
        using AutoencoderModel model = Fitting.Model();
        float[] before = model.Numbers();
        using var source = new CancellationTokenSource();

        TrainingResult result = Fitting.Fit(model, Options(source.Token), Fitting.Data(64), checkAlive: source.Cancel);

        Assert.Multiple(() =>
        {
            Assert.That((result.WasCanceled, result.KeptEpoch), Is.EqualTo((true, 0)));
            Assert.That(model.Numbers(), Is.Not.EqualTo(before));
        });
    }

    [Test]
    public void Canceled_within_an_epoch_a_fit_gives_back_the_best_one_before_it()
    {
        using AutoencoderModel model = Fitting.Model();
        using var source = new CancellationTokenSource();
        var weights = new List<float[]>();
        int batches = 0;

        // Four batches an epoch, and one that is measured: the twelfth is the second of epoch 3.
        TrainingResult result = Fitting.Fit(model, Options(source.Token, _ => weights.Add(model.Numbers())),
            ones(64, Row.Size), -ones(16, Row.Size),
            checkAlive: () =>
            {
                if (++batches == 12)
                    source.Cancel();
            });

        Assert.Multiple(() =>
        {
            Assert.That(batches, Is.EqualTo(12));
            Assert.That((result.WasCanceled, result.KeptEpoch), Is.EqualTo((true, 1)));
            Assert.That(result.History, Has.Count.EqualTo(2));
            Assert.That(model.Numbers(), Is.EqualTo(weights[0]));
        });
    }

    [Test]
    public void Canceled_behind_an_epoch_a_fit_does_not_begin_another()
    {
        using AutoencoderModel model = Fitting.Model();
        using var source = new CancellationTokenSource();

        TrainingResult result = Fitting.Fit(model, Options(source.Token, epoch =>
        {
            if (epoch.Epoch == 2)
                source.Cancel();
        }), Fitting.Data(64));

        Assert.Multiple(() =>
        {
            Assert.That((result.WasCanceled, result.KeptEpoch), Is.EqualTo((true, 2)));
            Assert.That(result.History, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public void Canceled_while_it_is_measured_an_epoch_is_not_complete()
    {
        using AutoencoderModel model = Fitting.Model();
        using var source = new CancellationTokenSource();
        int batches = 0;

        // Four batches an epoch, and three that are measured: the sixth is the second of these.
        TrainingResult result = Fitting.Fit(model, Options(source.Token), Fitting.Data(64), Fitting.Data(1200),
            checkAlive: () =>
            {
                if (++batches == 6)
                    source.Cancel();
            });

        Assert.Multiple(() =>
        {
            Assert.That(batches, Is.EqualTo(6));
            Assert.That((result.WasCanceled, result.KeptEpoch), Is.EqualTo((true, 0)));
            Assert.That(result.History, Is.Empty);
        });
    }

    [Test]
    public void Another_thread_can_cancel()
    {
        using AutoencoderModel model = Fitting.Model();
        using var source = new CancellationTokenSource();
        using var began = new ManualResetEventSlim();
        var other = new Thread(() =>
        {
            began.Wait();
            source.Cancel();
        });
        other.Start();
        var options =
            new TrainingOptions { Epochs = 1_000_000, Cancellation = source.Token, OnEpoch = _ => began.Set() };

        TrainingResult result = Fitting.Fit(model, options, Fitting.Data(64));
        other.Join();

        Assert.Multiple(() =>
        {
            Assert.That(result.WasCanceled, Is.True);
            Assert.That(result.KeptEpoch, Is.InRange(1, result.History.Count));
        });
    }

    [TestCase(false, "The fit was canceled in epoch 1.")]
    [TestCase(true, "The fit was canceled in epoch 2.")]
    public void A_fit_throws_instead_where_it_is_asked_to(bool behindTheFirstEpoch, string message)
    {
        using AutoencoderModel model = Fitting.Model();
        using var source = new CancellationTokenSource();
        if (!behindTheFirstEpoch)
            source.Cancel();
        var options = new TrainingOptions
        {
            Epochs = 20,
            Cancellation = source.Token,
            ThrowOnCancellation = true,
            OnEpoch = _ => source.Cancel(),
        };

        Assert.That(() => Fitting.Fit(model, options, Fitting.Data(64)), Throws.TypeOf<OperationCanceledException>()
            .With.Message.EqualTo(message).And.Property("CancellationToken").EqualTo(source.Token));
    }

    private static TrainingOptions Options(CancellationToken token, Action<TrainingEpoch>? onEpoch = null) =>
        new() { Epochs = 5, BatchSize = 16, LearningRate = 1e-2f, Cancellation = token, OnEpoch = onEpoch };
}
