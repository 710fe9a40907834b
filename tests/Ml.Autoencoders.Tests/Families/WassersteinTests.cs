using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Families;

internal sealed class WassersteinTests
{
    private readonly MLContext _ml = new(1);

    [TestCase(-1f, "is -1; it must be at least 0.")]
    [TestCase(float.NaN, "is NaN; it must be a finite number.")]
    public void A_weight_that_drives_codes_from_the_prior_is_refused(float weight, string message) =>
        Assert.That(() => Make(new() { DiscrepancyWeight = weight }), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo($"WassersteinOptions: DiscrepancyWeight {message} (Parameter 'DiscrepancyWeight')"));

    [Test]
    public void A_prior_that_needs_a_plane_is_refused_for_a_code_of_one_number() =>
        Assert.That(() => Make(new() { CodeSize = 1, Prior = CodePrior.Ring() }), Throws.ArgumentException
            .With.Message.EqualTo("WassersteinOptions: CodeSize is 1; the prior needs codes of at least 2 numbers."));

    [Test]
    public void What_is_needed_and_null_is_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Make(new() { Prior = null! }), Throws.ArgumentNullException
                .With.Message.EqualTo("WassersteinOptions: Prior is null. (Parameter 'Prior')"));
        });
    }

    [Test]
    public void Batches_of_one_row_are_refused() =>
        Assert.That(() => Make(new() { Training = new() { BatchSize = 1 } }).Fit(Rows.View(_ml, 4)),
            Throws.InvalidOperationException
            .With.Message.EqualTo(
                "TrainingOptions.BatchSize is 1, and a Wasserstein autoencoder needs batches of at least 2 rows."));

    [Test]
    public void The_codes_of_all_rows_come_to_be_distributed_like_the_prior()
    {
        (_, float[][] free) = Fitted(weight: 0, CodePrior.Normal);
        (double error, float[][] codes) = Fitted(new WassersteinOptions().DiscrepancyWeight, CodePrior.Normal);

        Assert.That(Codes.DiscrepancyToNormal(codes), Is.LessThan(Codes.DiscrepancyToNormal(free) / 5));
        Assert.That(error, Is.LessThan(0.03), "of slots with variance 1");
    }

    [Test]
    public void With_a_ring_for_a_prior_codes_keep_away_from_its_middle()
    {
        (_, float[][] codes) = Fitted(new WassersteinOptions().DiscrepancyWeight,
            CodePrior.Ring(components: 8, radius: 3, standardDeviation: 0.4f));

        double[] radii = [.. codes.Select(code => Math.Sqrt(code[0] * code[0] + code[1] * code[1]))];
        Assert.That(radii.Average(), Is.EqualTo(3).Within(0.3));
        Assert.That(radii.Count(radius => radius < 1), Is.LessThan(radii.Length / 10));
    }

    [Test]
    public void The_prior_is_saved_with_the_model()
    {
        CodePrior ring = CodePrior.Ring(components: 3, radius: 2, standardDeviation: 0.25f);
        IDataView rows = Rows.View(_ml, 40);
        using var stream = new MemoryStream();
        using (AutoencoderTransformer fitted =
            Make(new() { CodeSize = 2, Prior = ring, Network = Small.Network, Training = Small.Training() }).Fit(rows))
            _ml.Model.Save(fitted, rows.Schema, stream);
        stream.Position = 0;

        using AutoencoderTransformer loaded = _ml.Model.Load(stream, out _).GetAutoencoder("Code");

        Assert.That(loaded.Prior, Is.EqualTo(ring));
    }

    /// <summary>The mean error of fresh rows, and their codes.</summary>
    private (double Error, float[][] Codes) Fitted(float weight, CodePrior prior)
    {
        using AutoencoderTransformer model = Make(new()
        {
            CodeSize = 2,
            DiscrepancyWeight = weight,
            Prior = prior,
            Network = Network.Dense(32),
            Scaling = InputScaling.Standardize,
            ErrorColumnName = "Error",
            Training = new()
            {
                Epochs = 25,
                BatchSize = 64,
                LearningRate = 1e-2f,
                Schedule = LearningRateSchedule.Cosine(),
                Seed = 7,
            },
        }).Fit(Rows.View(_ml, 256));
        IDataView scored = model.Transform(Rows.View(_ml, 256, seed: 2));
        return (scored.GetColumn<float>("Error").Average(), [.. scored.GetColumn<float[]>("Code")]);
    }

    private AutoencoderEstimator Make(WassersteinOptions options) =>
        _ml.Transforms.Autoencoders.Wasserstein("Code", "Features", options);
}
