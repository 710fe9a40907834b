using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Families;

internal sealed class AdversarialTests : TensorTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void Codes_are_near_the_prior_and_those_of_a_plain_autoencoder_are_not()
    {
        IDataView rows = Rows.View(_ml, 400);
        Network network = Network.Dense(32);
        TrainingOptions training = new() { Epochs = 30, BatchSize = 64, LearningRate = 2e-3f, Seed = 7 };
        using AutoencoderTransformer adversarial = _ml.Transforms.Autoencoders.Adversarial("Code", "Features",
            new()
            {
                CodeSize = 2,
                Network = network,
                Scaling = InputScaling.Standardize,
                Training = training,
                Discriminator = [32],
            }).Fit(rows);
        using AutoencoderTransformer plain = _ml.Transforms.Autoencoders.Plain("Code", "Features",
            new()
            {
                CodeSize = 2,
                Network = network,
                Scaling = InputScaling.Standardize,
                Training = training,
            }).Fit(rows);

        double near = Discrepancy(adversarial, rows);
        double far = Discrepancy(plain, rows);

        Assert.Multiple(() =>
        {
            Assert.That(near, Is.LessThan(0.02));
            Assert.That(near, Is.LessThan(far / 4));
        });
    }

    [Test]
    public void The_loss_of_an_epoch_is_its_reconstruction_and_the_game_is_only_told()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Adversarial("Code", "Features",
            new()
            {
                CodeSize = 2,
                Network = Small.Network,
                Training = new() { Epochs = 2, BatchSize = 16, ValidationFraction = 0.25f, Seed = 7 },
            })
            .Fit(Rows.View(_ml, 40));

        foreach (EpochLoss loss in model.History.SelectMany(epoch => new[] { epoch.Training, epoch.Validation! }))
        {
            Assert.Multiple(() =>
            {
                Assert.That(loss.Terms.Keys, Is.EqualTo(new[] { "reconstruction", "discriminator", "generator" }));
                Assert.That(loss.Total, Is.EqualTo(loss.Terms["reconstruction"]));
                Assert.That(loss.Terms["discriminator"], Is.EqualTo(Math.Log(2)).Within(0.2),
                    "two epochs teach it little");
            });
        }
    }

    [Test]
    public void A_larger_weight_moves_the_codes_more()
    {
        IDataView rows = Rows.View(_ml, 40);
        float[] Codes(float weight)
        {
            using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Adversarial("Code", "Features",
                new()
                {
                    CodeSize = 2,
                    Network = Small.Network,
                    Training = Small.Training(),
                    AdversarialWeight = weight,
                }).Fit(rows);
            return [.. model.Transform(rows).GetColumn<float[]>("Code").SelectMany(code => code)];
        }
        static double Distance(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();

        float[] none = Codes(1e-10f);

        Assert.That(Distance(Codes(1), none), Is.GreaterThan(2 * Distance(Codes(0.1f), none)).And.GreaterThan(0.01));
    }

    [Test]
    public void The_prior_is_that_of_the_transformer_also_when_loaded()
    {
        CodePrior ring = CodePrior.Ring(components: 5, radius: 2);
        IDataView rows = Rows.View(_ml, 40);
        using AutoencoderTransformer model =
            Make(new() { CodeSize = 2, Network = Small.Network, Training = Small.Training(), Prior = ring }).Fit(rows);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, stream);
        stream.Position = 0;
        using var loaded = (AutoencoderTransformer)_ml.Model.Load(stream, out _);

        Assert.That(new[] { model.Prior, loaded.Prior }, Has.All.EqualTo(ring));
    }

    [Test]
    public void Options_out_of_their_range_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Make(new() { AdversarialWeight = 0 }),
                Throws.TypeOf<ArgumentOutOfRangeException>().With.Message
                .EqualTo(
                    "AdversarialOptions: AdversarialWeight is 0; it must be above 0. (Parameter 'AdversarialWeight')"));
            Assert.That(() => Make(new() { Discriminator = [16, 0] }),
                Throws.TypeOf<ArgumentOutOfRangeException>().With.Message
                .EqualTo("AdversarialOptions: Discriminator is 0; it must be at least 1. (Parameter 'Discriminator')"));
            Assert.That(() => Make(new() { CodeSize = 1, Prior = CodePrior.Ring() }),
                Throws.ArgumentException.With.Message
                .EqualTo("AdversarialOptions: CodeSize is 1; the prior needs codes of at least 2 numbers."));
            Assert.That(() => Make(new() { Prior = null! }), Throws.ArgumentNullException);
            Assert.That(() => Make(new() { Discriminator = null! }), Throws.ArgumentNullException);
            Assert.That(() => Make(null!), Throws.ArgumentNullException);
        });
    }

    private AutoencoderEstimator Make(AdversarialOptions options) =>
        _ml.Transforms.Autoencoders.Adversarial("Code", "Features", options);

    /// <summary>Between the codes and draws of the standard normal prior.</summary>
    private static double Discrepancy(AutoencoderTransformer model, IDataView rows)
    {
        float[][] codes = [.. model.Transform(rows).GetColumn<float[]>("Code")];
        using var random = new Generator(5);
        return MaximumMeanDiscrepancy.Squared(Table(codes), CodePrior.Normal.Draw(1000, 2, random),
            MaximumMeanDiscrepancy.InverseMultiquadric(2)).item<float>();
    }
}
