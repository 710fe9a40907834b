using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>A saved model in a process that has the library beside it and does not name it.</summary>
internal sealed class FreshProcessTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void The_loader_does_not_name_the_library()
    {
        foreach (string file in Directory.GetFiles(Repository.LoaderProject, "*.cs"))
            Assert.That(File.ReadAllText(file), Does.Not.Contain("Ml.Autoencoders").And.Not.Contain("Autoencoder"));
    }

    [Test]
    public void A_stage_gives_the_same_bits()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        byte[] saved = ModelZip.Save(_ml, model, Loader.Rows(_ml).Schema);
        Assert.That(Loader.Run(Repository.LoaderOutput, saved, "Clean"),
            Is.EqualTo(Loader.Expected(_ml, model, "Clean")).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [Test]
    public void A_stage_that_writes_hidden_activations_gives_the_same_bits()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Denoising("Out", "Features", new()
        {
            CodeSize = 2,
            Network = Network.Convolutional(3, 4, 1, [5]),
            Scaling = InputScaling.Standardize,
            Output = StageOutput.RowAndHiddenActivations,
            Training = Small.Training(),
        }).Fit(Loader.Rows(_ml));
        byte[] saved = ModelZip.Save(_ml, model, Loader.Rows(_ml).Schema);
        Assert.That(Loader.Run(Repository.LoaderOutput, saved, "Out"),
            Is.EqualTo(Loader.Expected(_ml, model, "Out")).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [Test]
    public void A_table_gives_the_same_bits()
    {
        ITransformer model = _ml.Transforms.FeaturizeTable("Table",
            new TableFeaturizingOptions { CategoryColumns = ["Label"] }, "Label", "Features").Fit(Loader.Rows(_ml));
        byte[] saved = ModelZip.Save(_ml, model, Loader.Rows(_ml).Schema);
        Assert.That(Loader.Run(Repository.LoaderOutput, saved, "Table"),
            Is.EqualTo(Loader.Expected(_ml, model, "Table")).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [Test]
    public void A_chain_with_a_classifier_gives_the_same_bits()
    {
        using var model = _ml.Transforms.Conversion.MapValueToKey("Digit", "Label")
            .Append(_ml.Transforms.Autoencoders.Sparse("Code", "Features",
                new()
                {
                    Network = Network.Compose(layers => layers.Reshape(1, 3, 4).Convolution(2).Gelu().BatchNorm()),
                    Training = Small.Training(),
                }))
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Digit", "Code"))
            .Fit(Loader.Rows(_ml));
        byte[] saved = ModelZip.Save(_ml, model, Loader.Rows(_ml).Schema);
        Assert.That(Loader.Run(Repository.LoaderOutput, saved, "Score"),
            Is.EqualTo(Loader.Expected(_ml, model, "Score")).And.Exactly(Loader.RowCount).Items);
    }

    [Test]
    public void An_anomaly_detector_gives_the_same_bits()
    {
        using var model = _ml.AnomalyDetection.Trainers.VariationalAutoencoder("Features",
            new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() })
            .Append(_ml.Transforms.Concatenate("Scores", "Score"))
            .Fit(Loader.Rows(_ml));
        byte[] saved = ModelZip.Save(_ml, model, Loader.Rows(_ml).Schema);
        Assert.That(Loader.Run(Repository.LoaderOutput, saved, "Scores"),
            Is.EqualTo(Loader.Expected(_ml, model, "Scores")).And.Exactly(Loader.RowCount).Items.And.Unique);
    }
}
