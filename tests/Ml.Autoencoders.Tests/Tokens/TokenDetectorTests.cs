using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>Detectors of unusual rows of keys, where nothing but the seed is set.</summary>
internal sealed class TokenDetectorTests
{
    [Test]
    public void A_detector_with_all_defaults_finds_rows_of_another_pattern([Values] bool isVariational)
    {
        var ml = new MLContext(seed: 1);
        IDataView normal = SmallTokens.View(ml, SmallTokens.Make(2_000));
        using AutoencoderAnomalyTransformer model = isVariational
            ? ml.AnomalyDetection.Trainers.VariationalAutoencoder("Tokens",
                new VariationalAnomalyOptions { Training = new() { Seed = 1 } }).Fit(normal)
            : ml.AnomalyDetection.Trainers.Autoencoder("Tokens",
                new AutoencoderAnomalyOptions { Training = new() { Seed = 1 } }).Fit(normal);
        uint[][] odd = [.. SmallTokens.Make(100, seed: 4).Select(row => row.Select((key, step) =>
            step % 2 == 0 ? key : (key + 2) % SmallTokens.Classes + 1).ToArray())];
        float[] usual = Scores(SmallTokens.Make(100, seed: 3)), unusual = Scores(odd);
        double right = usual.Average(low => unusual.Average(high => high > low ? 1.0 : 0));
        TestContext.Out.WriteLine(FormattableString.Invariant($"area under the ROC curve: {right:F3}"));
        Assert.That(right, Is.GreaterThan(0.95));
        Assert.That(usual.Count(score => score > model.Threshold), Is.LessThan(10));
        Assert.That(unusual.Count(score => score > model.Threshold), Is.GreaterThan(50));

        float[] Scores(uint[][] rows) => [.. model.Transform(SmallTokens.View(ml, rows)).GetColumn<float>("Score")];
    }
}
