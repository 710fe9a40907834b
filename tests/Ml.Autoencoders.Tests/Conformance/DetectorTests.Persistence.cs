using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Saving, loading and repeating.</content>
internal sealed partial class DetectorTests
{
    [Test]
    public void A_loaded_detector_gives_the_same_bits()
    {
        using AutoencoderAnomalyTransformer model = FitFull(
            (nameof(AnomalyOptions.Scaling), InputScaling.Standardize), (nameof(AnomalyOptions.Contamination), 0.2f),
            (nameof(AnomalyOptions.Network), Network.Dense([8], Activation.Elu, batchNorm: true)));
        IDataView rows = Rows.View(_ml, 60, seed: 9);
        using var loaded = (AutoencoderAnomalyTransformer)SaveAndLoad(model, rows.Schema);
        IDataView expected = model.Transform(rows);
        IDataView found = loaded.Transform(rows);
        Assert.That(Bits.OfNumbers(found, "Score"), Is.EqualTo(Bits.OfNumbers(expected, "Score")));
        foreach (string column in new[] { "Code", "Clean", "Errors" })
            Assert.That(Bits.OfVectors(found, column), Is.EqualTo(Bits.OfVectors(expected, column)));
        Assert.That(LabelsOf(found), Is.EqualTo(LabelsOf(expected)).And.Some.True);
        Assert.That((loaded.Threshold, loaded.Contamination, loaded.FeatureColumnName, loaded.Summary.ToString(),
            loaded.ToString()),
            Is.EqualTo((model.Threshold, model.Contamination, model.FeatureColumnName, model.Summary.ToString(),
                model.ToString())));
        Assert.That(loaded.History.Select(epoch => epoch.Training.Total),
            Is.EqualTo(model.History.Select(epoch => epoch.Training.Total)));
    }

    [Test]
    public void A_changed_threshold_is_saved()
    {
        using AutoencoderAnomalyTransformer model = FitFull();
        using AutoencoderAnomalyTransformer changed = _ml.AnomalyDetection.ChangeModelThreshold(model, 0.123f);
        IDataView rows = Rows.View(_ml, 20);
        using var loaded = (AutoencoderAnomalyTransformer)SaveAndLoad(changed, rows.Schema);
        Assert.That(loaded.Threshold, Is.EqualTo(0.123f));
        Assert.That(Bits.OfNumbers(loaded.Transform(rows), "Score"),
            Is.EqualTo(Bits.OfNumbers(model.Transform(rows), "Score")));
    }

    [Test]
    public void A_loaded_chain_behind_the_transforms_of_a_table_gives_the_same_bits()
    {
        Part[] parts = [.. Enumerable.Range(0, 200).Select(Part.Make)];
        IDataView table = _ml.Data.LoadFromEnumerable(parts);
        using TransformerChain<AutoencoderAnomalyTransformer> model = _ml.Transforms.Categorical.OneHotEncoding("Kind")
            .Append(_ml.Transforms.ReplaceMissingValues("Length"))
            .Append(_ml.Transforms.NormalizeMinMax("Weight"))
            .Append(_ml.Transforms.NormalizeMinMax("Length"))
            .Append(_ml.Transforms.Concatenate("Features", "Kind", "Length", "Weight"))
            .Append(detector.Make(_ml, (nameof(AnomalyOptions.Contamination), 0.05f),
                (nameof(AnomalyOptions.CodeSize), 2), (nameof(AnomalyOptions.FeatureErrorsColumnName), "Errors")))
            .Fit(table);
        IDataView expected = model.Transform(table);
        using var loaded = (TransformerChain<ITransformer>)SaveAndLoad(model, table.Schema);
        IDataView found = loaded.Transform(table);
        Assert.That(Bits.OfNumbers(found, "Score"), Is.EqualTo(Bits.OfNumbers(expected, "Score")));
        Assert.That(Bits.OfVectors(found, "Errors"), Is.EqualTo(Bits.OfVectors(expected, "Errors")));
        Assert.That(LabelsOf(found), Has.Exactly(10).True);

        VBuffer<ReadOnlyMemory<char>> names = default;
        found.Schema["Errors"].GetSlotNames(ref names);
        Assert.That(names.DenseValues().Select(name => name.ToString()),
            Is.EqualTo(new[] { "Kind.drill", "Kind.lathe", "Length", "Weight" }));

        using PredictionEngine<Part, Verdict> engine = _ml.Model.CreatePredictionEngine<Part, Verdict>(loaded,
            table.Schema);
        Assert.That(parts.Take(20).Select(part => engine.Predict(part).Score),
            Is.EqualTo(ScoresOf(expected)[..20]).Within(1e-5));
    }

    [Test]
    public void The_same_seed_gives_the_same_scores_and_another_one_others()
    {
        IDataView rows = Rows.View(_ml, 40);
        AutoencoderAnomalyEstimator estimator = detector.Make(_ml);
        int[] first = ScoreBits(estimator, rows);
        Assert.That(ScoreBits(estimator, rows), Is.EqualTo(first));
        Assert.That(ScoreBits(detector.Make(new MLContext(3)), rows), Is.EqualTo(first));
        Assert.That(ScoreBits(detector.Make(_ml,
            (nameof(AnomalyOptions.Training),
                new TrainingOptions { Epochs = 3, BatchSize = 16, LearningRate = 1e-2f, Seed = 8 })), rows),
            Is.Not.EqualTo(first));
    }

    private static int[] ScoreBits(AutoencoderAnomalyEstimator estimator, IDataView rows)
    {
        using AutoencoderAnomalyTransformer model = estimator.Fit(rows);
        return Bits.OfNumbers(model.Transform(rows), "Score");
    }

    private ITransformer SaveAndLoad(ITransformer model, DataViewSchema schema) =>
        ModelZip.Load(new MLContext(), ModelZip.Save(_ml, model, schema));

    private sealed class Part
    {
        public string Kind { get; set; } = "";

        public float Length { get; set; }

        public float Weight { get; set; }

        public static Part Make(int number) => new()
        {
            Kind = number % 2 == 0 ? "drill" : "lathe",
            Length = number % 9 == 0 ? float.NaN : 100 + number % 17,
            Weight = 3 * (number % 17) + number % 2,
        };
    }
}
