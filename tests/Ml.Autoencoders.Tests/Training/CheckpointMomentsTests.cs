using Ml.Autoencoders.Models;
using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>When checkpoints are written: never of weights that no fit can go on with.</summary>
internal sealed class CheckpointMomentsTests : TensorTests
{
    private const string NotFinite =
        "The weights stopped being finite numbers in epoch 1, batch 1 (learning rate 3E+38). Usual causes: " +
        "a learning rate that is too high, inputs that are not scaled (largest value seen: 1; see InputScaling). No " +
        "epoch was completed.";

    [Test]
    public void Within_an_epoch_an_update_that_went_wrong_ends_the_fit_instead()
    {
        using AutoencoderModel model = Fitting.Model(Network.Dense());
        int saved = 0;
        Assert.That(() => Fit(model, Options(3e38f, new("unused", every: TimeSpan.FromTicks(1))), () => saved++),
            Throws.InvalidOperationException.With.Message.EqualTo(NotFinite));
        Assert.That(saved, Is.Zero);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Canceled_behind_an_update_that_went_wrong_a_fit_has_no_weights_to_give_back(bool withCheckpoints)
    {
        using AutoencoderModel model = Fitting.Model(Network.Dense());
        using var source = new CancellationTokenSource();
        int saved = 0;
        Assert.That(() => Fit(model, Options(3e38f, withCheckpoints ? Rarely : null, cancellation: source.Token),
            () => saved++, checkAlive: source.Cancel),
            Throws.InvalidOperationException.With.Message.EqualTo(NotFinite));
        Assert.That(saved, Is.Zero);
    }

    [TestCase(false, 0)]
    [TestCase(true, 1)]
    public void Canceled_behind_a_good_epoch_a_fit_gives_it_back_and_writes_only_what_can_be_gone_on_with(bool isGood,
        int checkpoints)
    {
        using AutoencoderModel model = Fitting.Model(Network.Dense());
        using var source = new CancellationTokenSource();
        float[] best = [];
        int saved = 0;
        TrainingResult result = Fit(model, Options(0.01f, Rarely, _ =>
        {
            best = model.Numbers();
            source.Cancel();
            using IDisposable noGrad = no_grad();
            // As an update would leave them.
            if (!isGood)
                model.Weights.Trained.First().FillInPlace(double.NaN);
        }, source.Token), () => saved++);
        Assert.That((result.WasCanceled, result.KeptEpoch, saved), Is.EqualTo((true, 1, checkpoints)));
        Assert.That(model.Numbers(), Is.EqualTo(best));
    }

    private static CheckpointOptions Rarely => new("unused", everyEpochs: 100);

    private static TrainingOptions Options(float learningRate, CheckpointOptions? checkpoint,
        Action<TrainingEpoch>? onEpoch = null, CancellationToken cancellation = default) =>
        new()
        {
            Epochs = 5,
            BatchSize = 16,
            LearningRate = learningRate,
            Checkpoint = checkpoint,
            Cancellation = cancellation,
            OnEpoch = onEpoch,
        };

    private static TrainingResult Fit(AutoencoderModel model, TrainingOptions options, Action save,
        Action? checkAlive = null)
    {
        using var trainer = new Trainer(model, options.Completed(Defaults.Standard), new RandomStreams(7),
            new TrainingCalls(epoch => options.OnEpoch?.Invoke(epoch), checkAlive ?? (() => { }), _ => save()));
        return trainer.Fit(new TrainingData(new TableRows(new RowBatch(ones(64, Row.Size))), null));
    }
}
