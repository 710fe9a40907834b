using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>The line of the log on what was chosen for a detector.</summary>
internal sealed class FitSummaryTests
{
    private static readonly TrainingOptions Short = new() { Updates = 3, Seed = 3 };

    [Test]
    public void A_detector_tells_its_score_and_what_that_is_estimated_from() => Assert.Multiple(() =>
    {
        Assert.That(LineOf(new() { Training = Short }), Is.EqualTo("For 40 rows of 12: encoder 12-64-3, scaling " +
            "Standardize, at least 3 updates in 3 epochs of batches of 40, Adam with learning rate 0.002 (cosine to " +
            "0), score Both, estimated without 10% of the rows."));
        Assert.That(LineOf(new() { Training = Short, Score = AnomalyScoreKind.CodeDistance, TrimmedShare = 0.125f }),
            Does.EndWith(", score CodeDistance, estimated without 12.5% of the rows."));
        Assert.That(LineOf(new() { Training = Short, TrimmedShare = 0, CodeColumnName = "Code" }),
            Does.EndWith(", score Both. Column 'Code': 3 numbers."));
        Assert.That(LineOf(new() { Training = Short, Score = AnomalyScoreKind.ReconstructionError }),
            Does.EndWith(" (cosine to 0), score ReconstructionError."));
    });

    [Test]
    public void A_variational_detector_has_one_score_only() =>
        Assert.That(LogOf(ml => ml.AnomalyDetection.Trainers.VariationalAutoencoder("Features",
            new() { Training = Short })), Does.EndWith(" with learning rate 0.001 (constant)."));

    [Test]
    public void Where_gaps_are_left_out_it_tells_what_the_fit_hides() => Assert.Multiple(() =>
    {
        var options = new AutoencoderAnomalyOptions
        {
            Training = Short,
            MissingValues = MissingValueHandling.LeaveOut,
        };
        Assert.That(LineOf(options), Does.StartWith("For 40 rows of 12: encoder 24-64-3, gaps left out, scaling " +
            "Standardize, HidingNoise(0.2), at least 3 updates "));
        Assert.That(LineOf(options with { Corruption = Corruption.Masking(0.3f) }),
            Does.Contain(" scaling Standardize, HidingNoise(0.3), at least 3 updates "));
        Assert.That(LineOf(options with { Corruption = Corruption.Gaussian(0.5f) }),
            Does.Contain(" scaling Standardize, GaussianNoise(0.5, 0), then HidingNoise(0.2), at least 3 updates "));
    });

    private static string LineOf(AutoencoderAnomalyOptions options) =>
        LogOf(ml => ml.AnomalyDetection.Trainers.Autoencoder("Features", options));

    private static string LogOf(Func<MLContext, AutoencoderAnomalyEstimator> estimator)
    {
        var ml = new MLContext(seed: 1);
        var lines = new List<string>();
        ml.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Info && line.RawMessage.StartsWith("For ", StringComparison.Ordinal))
                lines.Add(line.RawMessage);
        };
        estimator(ml).Fit(Rows.View(ml, 40)).Dispose();
        return lines.Single();
    }
}
