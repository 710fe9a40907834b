using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Samples.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the page on anomalies.</content>
public partial class Snippets
{
    [Test]
    public void A_detector_is_evaluated_explained_and_given_another_threshold()
    {
        IDataView normal = Ones(digit => digit.Number == 1);
        IDataView mixed = Ones(digit => digit.Number is 1 or 8);
        Console.SetOut(TextWriter.Null);

        var trainer = ml.AnomalyDetection.Trainers.Autoencoder("Features", new()
        {
            CodeSize = 8,
            Network = Network.Dense(128),
            Contamination = 0.02f,
            FeatureErrorsColumnName = "Why",
            Training = new() { Epochs = 30 },
        });
        AutoencoderAnomalyTransformer detector = trainer.Fit(normal);
        IDataView scored = detector.Transform(mixed);
        AnomalyDetectionMetrics metrics = ml.AnomalyDetection.Evaluate(scored, labelColumnName: "Label");
        Console.WriteLine(
            $"area under the ROC curve {metrics.AreaUnderRocCurve:0.000}, threshold {detector.Threshold}");

        float[] scores = [.. scored.GetColumn<float>("Score").Order()];
        AutoencoderAnomalyTransformer changed = ml.AnomalyDetection.ChangeModelThreshold(detector,
            scores[scores.Length * 19 / 20]);

        ml.Model.Save(new TransformerChain<ITransformer>(detector), normal.Schema, "detector.zip");

        ITransformer loaded = ml.Model.Load("detector.zip", out _);
        AutoencoderAnomalyTransformer inside = loaded.GetAnomalyDetector();
        ITransformer other = ml.AnomalyDetection.ChangeModelThreshold(inside, 1.5f);
        var links = ((IEnumerable<ITransformer>)loaded).Select(link => link == inside ? other : link);
        ml.Model.Save(new TransformerChain<ITransformer>(links.ToArray()), normal.Schema, "changed.zip");

        float[][] errors = [.. scored.GetColumn<float[]>("Why")];
        int worst = Array.IndexOf(errors[0], errors[0].Max());    // the slot that the first row is most unusual in

        Assert.That(metrics.AreaUnderRocCurve, Is.GreaterThan(0.95));
        Assert.That(changed.Transform(mixed).GetColumn<bool>("PredictedLabel").Count(isAnomaly => isAnomaly),
            Is.EqualTo(scores.Length - scores.Length * 19 / 20 - 1));
        using AutoencoderAnomalyTransformer reloaded = ml.Model.Load("changed.zip", out _).GetAnomalyDetector();
        Assert.That(reloaded.Threshold, Is.EqualTo(1.5f));
        Assert.That(worst, Is.InRange(0, 783));
        detector.Dispose();
        changed.Dispose();
        inside.Dispose();
        (other as IDisposable)?.Dispose();
    }

    [Test]
    public void A_detector_sees_codes_and_errors()
    {
        AutoencoderAnomalyEstimator trainer = ml.AnomalyDetection.Trainers.Autoencoder("Features", new()
        {
            CodeSize = 2,
            Score = AnomalyScoreKind.Both,
            TrimmedShare = 0.2f,
            FeatureErrorsColumnName = "Why",
            CodePartColumnName = "Code part",
        });

        IDataView mixed = Ones(digit => digit.Number is 1);
        using AutoencoderAnomalyTransformer detector = trainer.Fit(ml.Data.TakeRows(mixed, 40));
        IDataView scored = detector.Transform(ml.Data.TakeRows(mixed, 10));

        float[] sums = [.. scored.GetColumn<float[]>("Why").Zip(scored.GetColumn<float>("Code part"),
            (slots, code) => slots.Sum() + code)];
        Assert.That(scored.GetColumn<float>("Score"), Is.EqualTo(sums).Within(0.01).Percent);
    }

    [Test]
    public void A_detector_has_a_rate_of_false_alarms()
    {
        IDataView normal = Ones(digit => digit.Number == 1);

        var rare = ml.AnomalyDetection.Trainers.Autoencoder("Features", new()
        {
            PValueColumnName = "P",
            Training = new() { Epochs = 10, ValidationFraction = 0.3f },
        });
        AutoencoderAnomalyTransformer calibrated = rare.Fit(normal);
        AutoencoderAnomalyTransformer cautious = ml.AnomalyDetection.ChangeModelThreshold(calibrated,
            calibrated.ThresholdFor(0.1f));    // PredictedLabel is true where P is at most 0.1

        IDataView scored = cautious.Transform(normal);
        Assert.That(scored.GetColumn<bool>("PredictedLabel"),
            Is.EqualTo(scored.GetColumn<float>("P").Select(value => value <= 0.1f)).And.Some.True.And.Some.False);
        calibrated.Dispose();
        cautious.Dispose();
    }

    [Test]
    public void A_detector_stands_behind_the_transforms_of_a_table()
    {
        var random = new Random(1);
        IDataView machines = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new MachineReadings
        {
            Kind = i % 2 == 0 ? "pump" : "fan",
            Readings = [i, i % 9 == 0 ? float.NaN : 1000 * i, random.NextSingle()],
        }));

        var pipeline = ml.Transforms.IndicateMissingValues("Missing", "Readings")
            .Append(ml.Transforms.Conversion.ConvertType("Missing"))
            .Append(ml.Transforms.ReplaceMissingValues("Readings",
                replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(ml.Transforms.NormalizeMeanVariance("Readings", fixZero: false))
            .Append(ml.Transforms.Categorical.OneHotEncoding("Kind"))
            .Append(ml.Transforms.Concatenate("Features", "Readings", "Missing", "Kind"))
            .Append(ml.AnomalyDetection.Trainers.Autoencoder("Features", codeSize: 3));
        using var model = pipeline.Fit(machines);

        Assert.That(model.Transform(machines).GetColumn<float>("Score"), Has.Exactly(200).Items.And.All.GreaterThan(0));
    }

    private IDataView Ones(Func<Digit, bool> isIn) =>
        ml.Data.LoadFromEnumerable(Mnist.Training.Where(isIn).Select(digit => new LabeledFeatures
        {
            Features = digit.Pixels,
            Label = digit.Number == 1 ? 0 : 1,
        }));

    private sealed class LabeledFeatures
    {
        [VectorType(784)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class MachineReadings
    {
        public string Kind { get; set; } = "";

        [VectorType(3)]
        public float[] Readings { get; set; } = [];
    }
}
