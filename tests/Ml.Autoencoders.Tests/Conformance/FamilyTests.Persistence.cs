using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Saving, loading and repeating.</content>
internal sealed partial class FamilyTests
{
    [Test]
    public void A_loaded_model_gives_the_same_bits()
    {
        using AutoencoderTransformer model = FitFull(
            (nameof(AutoencoderOptions.Scaling), InputScaling.Standardize),
            (nameof(AutoencoderOptions.Network), Network.Dense([8], Activation.Elu, batchNorm: true)));
        IDataView rows = Rows.View(_ml, 30, seed: 9);
        using var loaded = (AutoencoderTransformer)SaveAndLoad(model, rows.Schema);
        IDataView expected = model.Transform(rows);
        IDataView found = loaded.Transform(rows);
        Assert.That(Bits.OfVectors(found, "Code"), Is.EqualTo(Bits.OfVectors(expected, "Code")));
        Assert.That(Bits.OfVectors(found, "Clean"), Is.EqualTo(Bits.OfVectors(expected, "Clean")));
        Assert.That(Bits.OfNumbers(found, "Error"), Is.EqualTo(Bits.OfNumbers(expected, "Error")));
        Assert.That(loaded.Summary.ToString(), Is.EqualTo(model.Summary.ToString()));
        Assert.That(loaded.History.Select(epoch => epoch.Training.Total),
            Is.EqualTo(model.History.Select(epoch => epoch.Training.Total)));
    }

    [Test]
    public void A_loaded_chain_with_a_classifier_gives_the_same_bits([Values] bool sdca)
    {
        IDataView rows = Rows.View(_ml, 60);
        var trainers = _ml.MulticlassClassification.Trainers;
        IEstimator<ITransformer> trainer = sdca
            ? trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
            {
                LabelColumnName = "Digit",
                FeatureColumnName = "Code",
                NumberOfThreads = 1,
                MaximumNumberOfIterations = 5,
            })
            : trainers.LbfgsMaximumEntropy("Digit", "Code");
        using TransformerChain<ITransformer> model = _ml.Transforms.Conversion.MapValueToKey("Digit", "Label")
            .Append(family.Make(_ml))
            .Append(trainer)
            .Fit(rows);
        using var loaded = (IDisposable)SaveAndLoad(model, rows.Schema);
        int[][] expected = Bits.OfVectors(model.Transform(rows), "Score");
        Assert.That(Bits.OfVectors(((ITransformer)loaded).Transform(rows), "Score"), Is.EqualTo(expected));
        Assert.That(expected, Has.Length.EqualTo(60).And.All.Length.EqualTo(2));
    }

    [Test]
    public void The_seed_of_the_options_decides_the_weights()
    {
        TrainingOptions Seeded(int seed) => new() { Epochs = 2, BatchSize = 16, Seed = seed };
        byte[] first = WeightsOf(new MLContext(1), Seeded(5));
        Assert.That(WeightsOf(new MLContext(2), Seeded(5)), Is.EqualTo(first));
        Assert.That(WeightsOf(new MLContext(1), Seeded(6)), Is.Not.EqualTo(first));
    }

    [Test]
    public void Without_one_the_seed_of_the_context_decides()
    {
        var unseeded = new TrainingOptions { Epochs = 2, BatchSize = 16 };
        byte[] first = WeightsOf(new MLContext(1), unseeded);
        Assert.That(WeightsOf(new MLContext(1), unseeded), Is.EqualTo(first));
        Assert.That(WeightsOf(new MLContext(2), unseeded), Is.Not.EqualTo(first));
        byte[] random = WeightsOf(new MLContext(), unseeded);
        Assert.That(WeightsOf(new MLContext(), unseeded), Is.Not.EqualTo(random));
    }

    [Test]
    public void One_estimator_fitted_twice_gives_the_same_weights()
    {
        AutoencoderEstimator estimator = family.Make(_ml);
        IDataView rows = Rows.View(_ml, 40);
        byte[] first = WeightsOf(estimator, rows);
        Assert.That(WeightsOf(estimator, rows), Is.EqualTo(first));
    }

    private byte[] WeightsOf(MLContext ml, TrainingOptions training) =>
        WeightsOf(family.Make(ml, (nameof(AutoencoderOptions.Training), training)), Rows.View(ml, 40));

    private static byte[] WeightsOf(AutoencoderEstimator estimator, IDataView rows)
    {
        using AutoencoderTransformer model = estimator.Fit(rows);
        using var folder = new TemporaryFolder();
        model.SaveWeights(folder.File("weights.safetensors"));
        return File.ReadAllBytes(folder.File("weights.safetensors"));
    }

    private ITransformer SaveAndLoad(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }
}
