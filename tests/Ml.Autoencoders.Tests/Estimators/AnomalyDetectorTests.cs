using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Tests.Conformance;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Detectors that have learned, in ML.NET's hands: what they find, and how ML.NET evaluates it.</summary>
[TestFixtureSource(typeof(Detector), nameof(Detector.ThatReconstruct))]
internal sealed class AnomalyDetectorTests(Detector detector)
{
    private const int Size = 6;
    private const int Anomalies = 40;

    private readonly MLContext _ml = new(seed: 1);
    private AutoencoderAnomalyTransformer _model = null!;

    [OneTimeSetUp]
    public void Fit() => _model = detector.Make(_ml,
        (nameof(AnomalyOptions.CodeSize), 2),
        (nameof(AnomalyOptions.Contamination), 0.05f),
        (nameof(AnomalyOptions.FeatureErrorsColumnName), "Errors"),
        (nameof(AnomalyOptions.Training), Small.Training(epochs: 30))).Fit(View(Rows(400, seed: 1, anomalies: 0)));

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public void Rows_off_the_line_of_the_normal_ones_are_found()
    {
        IDataView scored = _model.Transform(View(Rows(400, seed: 2, Anomalies)));
        AnomalyDetectionMetrics metrics = _ml.AnomalyDetection.Evaluate(scored, falsePositiveCount: 20);
        bool[] called = [.. scored.GetColumn<bool>("PredictedLabel")];
        Assert.That(metrics.AreaUnderRocCurve, Is.GreaterThan(0.95));
        Assert.That(metrics.DetectionRateAtFalsePositiveCount, Is.GreaterThan(0.8));
        Assert.That(called[..Anomalies].Count(label => label), Is.GreaterThan(0.8 * Anomalies));
        Assert.That(called[Anomalies..].Count(label => label), Is.LessThan(0.12 * 360),
            "false alarms at a contamination of 0.05");
    }

    [Test]
    public void ML_NET_evaluates_labels_that_are_numbers_and_keys_alike()
    {
        IDataView scored = _model.Transform(View(Rows(400, seed: 2, Anomalies)));
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Label",
            keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(scored)
                .Transform(scored);
        AnomalyDetectionMetrics byNumber = _ml.AnomalyDetection.Evaluate(keyed);
        AnomalyDetectionMetrics byKey = _ml.AnomalyDetection.Evaluate(keyed, labelColumnName: "Key");
        Assert.That((byKey.AreaUnderRocCurve, byKey.DetectionRateAtFalsePositiveCount),
            Is.EqualTo((byNumber.AreaUnderRocCurve, byNumber.DetectionRateAtFalsePositiveCount)));
        Assert.That(byNumber.AreaUnderRocCurve,
            Is.EqualTo(AreaUnderCurve([.. scored.GetColumn<float>("Score")])).Within(1e-9));
    }

    [Test]
    public void The_slot_that_is_off_has_the_largest_error()
    {
        Measured[] rows = [.. Rows(200, seed: 3, anomalies: 200)];
        float[][] errors = [.. _model.Transform(View(rows)).GetColumn<float[]>("Errors")];
        Assert.That(errors.Zip(rows, (error, row) => Array.IndexOf(error, error.Max()) == row.OffSlot)
            .Count(right => right), Is.GreaterThan(170));
    }

    /// <summary>
    /// The share of pairs of an anomaly, which come first, and a normal row in which the anomaly has the greater score.
    /// </summary>
    private static double AreaUnderCurve(float[] scores) =>
        scores[..Anomalies]
            .Average(anomaly => scores[Anomalies..]
                .Average(normal => anomaly > normal ? 1 : anomaly == normal ? 0.5 : 0));

    private static IEnumerable<Measured> Rows(int count, int seed, int anomalies)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            float along = random.NextSingle() * 2 - 1;
            float[] features = [.. Enumerable.Range(0, Size)
                .Select(slot => along * (slot % 2 == 0 ? 1 : -1) + 0.05f * (random.NextSingle() - 0.5f))];
            int off = i < anomalies ? random.Next(Size) : -1;
            if (off >= 0)
                features[off] += 0.8f;
            yield return new Measured { Features = features, Label = off >= 0 ? 1 : 0, OffSlot = off };
        }
    }

    private IDataView View(IEnumerable<Measured> rows) => _ml.Data.LoadFromEnumerable(rows.ToArray());

    private sealed class Measured
    {
        [VectorType(Size)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        /// <summary>The slot that makes an anomaly of it; -1 where nothing does.</summary>
        public int OffSlot { get; set; }
    }
}
