using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Pipeline;

/// <summary>Detectors in ML.NET's hands: evaluated, moved to another threshold, saved, loaded and asked row by row.</summary>
internal sealed class AnomalyDetectorTests
{
    private const int Size = 6;

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<TestCaseData> Detectors()
    {
        yield return new TestCaseData((Func<MLContext, AutoencoderAnomalyEstimator>)(ml => ml.AnomalyDetection.Trainers.Autoencoder("Features", new()
        {
            CodeSize = 2, Network = Small.Network, Contamination = 0.05f, FeatureErrorsColumnName = "Errors", Training = Small.Training(epochs: 30),
        }))).SetArgDisplayNames("reconstruction error");
        yield return new TestCaseData((Func<MLContext, AutoencoderAnomalyEstimator>)(ml => ml.AnomalyDetection.Trainers.VariationalAutoencoder("Features", new()
        {
            CodeSize = 2, Network = Small.Network, Contamination = 0.05f, FeatureErrorsColumnName = "Errors", Training = Small.Training(epochs: 30),
        }))).SetArgDisplayNames("evidence");
    }

    [TestCaseSource(nameof(Detectors))]
    public void Rows_off_the_line_of_the_normal_ones_are_found(Func<MLContext, AutoencoderAnomalyEstimator> make)
    {
        IDataView normal = View(Rows(400, seed: 1, anomalies: 0));
        IDataView mixed = View(Rows(400, seed: 2, anomalies: 40));
        using AutoencoderAnomalyTransformer detector = make(_ml).Fit(normal);
        IDataView scored = detector.Transform(mixed);
        AnomalyDetectionMetrics metrics = _ml.AnomalyDetection.Evaluate(scored);

        float[] scores = [.. detector.Transform(normal).GetColumn<float>("Score")];
        Assert.Multiple(() =>
        {
            Assert.That(metrics.AreaUnderRocCurve, Is.GreaterThan(0.95));
            Assert.That(scores.Count(score => score > detector.Threshold), Is.EqualTo(20));
            Assert.That(scored.GetColumn<bool>("PredictedLabel"), Is.EqualTo(scored.GetColumn<float>("Score").Select(score => score > detector.Threshold)));
        });
    }

    private static IEnumerable<Measured> Rows(int count, int seed, int anomalies)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            float along = random.NextSingle() * 2 - 1;
            float[] features = [.. Enumerable.Range(0, Size).Select(slot => along * (slot % 2 == 0 ? 1 : -1) + 0.05f * (random.NextSingle() - 0.5f))];
            bool isAnomaly = i < anomalies;
            if (isAnomaly)
                features[random.Next(Size)] += 0.8f;
            yield return new Measured { Features = features, Label = isAnomaly ? 1 : 0 };
        }
    }

    private IDataView View(IEnumerable<Measured> rows) => _ml.Data.LoadFromEnumerable(rows.ToArray());

    private sealed class Measured
    {
        [VectorType(Size)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
