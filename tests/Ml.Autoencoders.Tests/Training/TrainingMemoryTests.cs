using Microsoft.ML;
using Ml.Autoencoders.Models;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>No fit, however it ends, leaves a tensor behind that is not the model's.</summary>
internal sealed class TrainingMemoryTests : TensorTests
{
    [Test]
    public void A_fit_leaves_nothing() =>
        Assert.That(LiveTensors.Left(() =>
            Fit(new TrainingOptions { Epochs = 3, BatchSize = 16, GradientClipNorm = 1, EarlyStopping = new(1) })),
                Is.Zero);

    [Test]
    public void A_canceled_fit_leaves_nothing() =>
        Assert.That(LiveTensors.Left(() =>
        {
            using var source = new CancellationTokenSource();
            Fit(new TrainingOptions
            {
                Epochs = 20,
                BatchSize = 16,
                Cancellation = source.Token,
                OnEpoch = _ => source.Cancel(),
            });
        }), Is.Zero);

    [Test]
    public void A_fit_that_fails_leaves_nothing() =>
        Assert.That(LiveTensors.Left(() => Assert.That(
            () => Fit(new TrainingOptions { Epochs = 20, BatchSize = 16, LearningRate = 1e30f }),
            Throws.InvalidOperationException)), Is.Zero);

    [Test]
    public void A_fit_that_the_caller_ends_leaves_nothing() =>
        Assert.That(LiveTensors.Left(() => Assert.That(
            () => Fit(new TrainingOptions { Epochs = 20, BatchSize = 16, OnEpoch = _ => throw new FormatException() }),
            Throws.TypeOf<FormatException>())), Is.Zero);

    [Test]
    public void A_model_lives_on_behind_the_scope_that_it_was_trained_in()
    {
        AutoencoderModel model;
        using (NewDisposeScope())
        {
            model = Fitting.Model();
            Fitting.Fit(model, Small.Training(), Fitting.Data(50));
        }

        using (model)
            Assert.That(model.Error(Fitting.Data(20)), Is.Positive);
    }

    [Test]
    public void A_transformer_lives_on_behind_the_scope_that_it_was_fitted_in()
    {
        var ml = new MLContext(1);
        var options = new PlainOptions
        {
            CodeSize = 2,
            Network = Small.Network,
            Training = Small.Training(),
            Scaling = InputScaling.MinMax,
        };
        AutoencoderTransformer transformer;
        using (NewDisposeScope())
            transformer = ml.Transforms.Autoencoders.Plain("Code", "Features", options).Fit(Rows.View(ml, 50));

        using (transformer)
            Assert.That(transformer.Reconstruct(Rows.Make(1)[0].Features), Has.All.InRange(-0.5f, 1.5f));
    }

    [Test]
    public void A_fitted_and_disposed_transformer_leaves_nothing() =>
        Assert.That(LiveTensors.Left(() =>
        {
            var ml = new MLContext(1);
            var options = new DenoisingOptions
            {
                CodeSize = 2,
                Network = Small.Network,
                Scaling = InputScaling.Standardize,
                Training = new() { Epochs = 2, ValidationFraction = 0.2f },
            };
            ml.Transforms.Autoencoders.Denoising("Code", "Features", options).Fit(Rows.View(ml, 50)).Dispose();
        }), Is.Zero);

    private static void Fit(TrainingOptions options)
    {
        using var scope = NewDisposeScope();
        using AutoencoderModel model = Fitting.Model(Network.Dense([8], Activation.Relu, batchNorm: true),
            corruption: Corruption.SaltAndPepper(0.2f));
        Fitting.Fit(model, options, Fitting.Data(50), Fitting.Data(20));
    }
}
