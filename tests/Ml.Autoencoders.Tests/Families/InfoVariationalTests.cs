using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Families;

internal sealed class InfoVariationalTests
{
    private readonly MLContext _ml = new(1);

    [Test]
    public void An_alpha_that_rewards_divergence_is_refused() =>
        Assert.That(() => Make(new() { Alpha = 1.5f }), Throws.InstanceOf<ArgumentException>()
            .With.Message.EqualTo("InfoVariationalOptions: Alpha is 1.5; it must be at most 1. (Parameter 'Alpha')"));

    [TestCase(float.NaN, "NaN")]
    [TestCase(float.NegativeInfinity, "-Infinity")]
    public void A_weight_that_is_no_number_is_refused(float weight, string shown)
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Make(new() { Alpha = weight }), Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.EqualTo(
                    $"InfoVariationalOptions: Alpha is {shown}; it must be a finite number. (Parameter 'Alpha')"));
            Assert.That(() => Make(new() { DiscrepancyWeight = weight }), Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.EqualTo(
                    $"InfoVariationalOptions: DiscrepancyWeight is {shown}; it must be a finite number. (Parameter " +
                    "'DiscrepancyWeight')"));
        });
    }

    [Test]
    public void Weights_that_together_reward_discrepancy_are_refused() =>
        Assert.That(() => Make(new() { Alpha = 0.5f, DiscrepancyWeight = 0.25f }), Throws.TypeOf<ArgumentException>()
            .With.Message.EqualTo(
                "InfoVariationalOptions: Alpha is 0.5 and DiscrepancyWeight is 0.25; together they must be at least " +
                "1."));

    [TestCase(0, 1)]
    [TestCase(1, 0)]
    [TestCase(-3, 4)]
    public void The_ends_of_each_range_are_taken(float alpha, float weight) =>
        Assert.That(() => Make(new() { Alpha = alpha, DiscrepancyWeight = weight }), Throws.Nothing);

    [Test]
    public void Codes_are_distributed_like_the_prior_and_still_tell_of_their_rows()
    {
        // So large an output variance makes the evidence lower bound give up the code; the discrepancy does not.
        (double boundError, _) = Fitted(alpha: 0, weight: 1);
        (_, double freeDiscrepancy) = Fitted(alpha: 1, weight: 0);
        (double error, double discrepancy) = Fitted(alpha: 1, weight: 10);

        Assert.Multiple(() =>
        {
            Assert.That(boundError, Is.GreaterThan(0.8), "of slots with variance 1");
            Assert.That(error, Is.LessThan(0.1));
            Assert.That(freeDiscrepancy, Is.GreaterThan(0.1));
            Assert.That(discrepancy, Is.LessThan(0.02));
        });
    }

    /// <summary>
    /// The mean error of reconstructions of fresh rows, and how far draws from their codes are from the prior.
    /// </summary>
    private (double Error, double Discrepancy) Fitted(float alpha, float weight)
    {
        using AutoencoderTransformer model = Make(new()
        {
            CodeSize = 2,
            Alpha = alpha,
            DiscrepancyWeight = weight,
            OutputVariance = 8,
            Scaling = InputScaling.Standardize,
            ErrorColumnName = "Error",
            SampleColumnName = "Sample",
            Network = Network.Dense(32),
            Training = new()
            {
                Epochs = 50,
                BatchSize = 64,
                LearningRate = 1e-2f,
                Schedule = LearningRateSchedule.Cosine(),
                Seed = 7,
            },
        }).Fit(Rows.View(_ml, 256));
        IDataView scored = model.Transform(Rows.View(_ml, 256, seed: 2));
        return (scored.GetColumn<float>("Error").Average(),
            Codes.DiscrepancyToNormal(scored.GetColumn<float[]>("Sample")));
    }

    private AutoencoderEstimator Make(InfoVariationalOptions options) =>
        _ml.Transforms.Autoencoders.InfoVariational("Code", "Features", options);
}
