using System.Runtime.InteropServices;
using FreshProcess;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>Saved models in a process beside which no native torch library lies.</summary>
internal sealed class WithoutTorchTests
{
    private readonly MLContext _ml = new(seed: 1);
    private TemporaryFolder _program = null!;

    [OneTimeSetUp]
    public void CopyTheProgramWithoutTorch()
    {
        _program = new TemporaryFolder();
        Loader.CopyWithoutTorch(_program.Path);
    }

    [OneTimeTearDown]
    public void DeleteTheProgram() => _program.Dispose();

    [Test]
    public void The_program_has_torch_and_the_copy_has_none()
    {
        Assert.That(Directory.GetFiles(Repository.LoaderOutput, "*", SearchOption.AllDirectories)
            .Count(Loader.IsNativeTorch), Is.Positive);
        Assert.That(File.Exists(_program.File("TorchSharp.dll")), Is.True);
    }

    [TestCase("Code")]
    [TestCase("Clean")]
    [TestCase("Hidden")]
    public void A_dense_model_gives_the_same_bits(string column)
    {
        using AutoencoderTransformer model = Fit(Network.Dense([8], Activation.Gelu, batchNorm: true));
        Assert.That(Run(model, column),
            Is.EqualTo(Loader.Expected(_ml, model, column)).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [Test]
    public void A_dense_model_predicts_encodes_decodes_and_is_saved()
    {
        using AutoencoderTransformer model = Fit(Network.Dense(8));
        Assert.That(Run(model, "direct"), Is.EqualTo(Reconstructed(model)).And.Unique);
    }

    [Test]
    public void An_anomaly_detector_gives_the_same_bits()
    {
        using var model = _ml.AnomalyDetection.Trainers.Autoencoder("Features",
            new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() })
            .Append(_ml.Transforms.Concatenate("Scores", "Score"))
            .Fit(Loader.Rows(_ml));
        Assert.That(Run(model, "Scores"),
            Is.EqualTo(Loader.Expected(_ml, model, "Scores")).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [Test]
    public void A_table_and_its_detector_score_rows()
    {
        using var model = _ml.AnomalyDetection.Trainers.Autoencoder(["Label", "Features"], new()
        {
            CodeSize = 2,
            Network = Small.Network,
            FeatureErrorsColumnName = "Errors",
            Training = Small.Training(),
        }).Fit(Loader.Rows(_ml));
        Assert.That(Run(model, "Errors"),
            Is.EqualTo(Loader.Expected(_ml, model, "Errors")).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [Test]
    public void An_anomaly_detector_scores_single_rows()
    {
        using AutoencoderAnomalyTransformer model = _ml.AnomalyDetection.Trainers.Autoencoder("Features",
            new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() }).Fit(Loader.Rows(_ml));
        ITransformer scores = _ml.Transforms.Concatenate("Scores", "Score").Fit(model.Transform(Loader.Rows(_ml)));
        Assert.That(Run(model, "score"),
            Is.EqualTo(Loader.Expected(_ml, new TransformerChain<ITransformer>(model, scores), "Scores"))
            .And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [Test]
    public void Windows_are_the_same()
    {
        SlidingWindowTransformer model = _ml.Transforms.SlidingWindow("Windows", ["Features"],
            new SlidingWindowOptions { Length = 3, Start = WindowStart.FirstRow }).Fit(Loader.Rows(_ml));
        Assert.That(Run(model, "Windows"),
            Is.EqualTo(Loader.Expected(_ml, model, "Windows")).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [Test]
    public void Padded_keys_are_the_same()
    {
        var model = _ml.Transforms.Conversion.MapValueToKey("Keys", "Features")
            .Append(_ml.Transforms.PadKeys("Keys", length: 14))
            .Append(_ml.Transforms.Conversion.MapKeyToVector("Keys")).Fit(Loader.Rows(_ml));
        Assert.That(Run(model, "Keys"),
            Is.EqualTo(Loader.Expected(_ml, model, "Keys")).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [TestCase("Code")]
    [TestCase("Clean")]
    public void A_learned_prior_is_not_needed_for_codes_and_reconstructions(string column)
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Small.Network,
            Prior = column == "Code" ? CodePrior.Vamp(4) : CodePrior.Flow(2, 4),
            ReconstructionColumnName = "Clean",
            Training = Small.Training(),
        }).Fit(Loader.Rows(_ml));
        Assert.That(Run(model, column),
            Is.EqualTo(Loader.Expected(_ml, model, column)).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [TestCase("Draw")]
    [TestCase("Bounds")]
    public void What_is_drawn_has_the_same_bits(string column)
    {
        using var model = _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Small.Network,
            SampleColumnName = "Draw",
            EvidenceLowerBoundColumnName = "Bound",
            Training = Small.Training(),
        }).Append(_ml.Transforms.Concatenate("Bounds", "Bound")).Fit(Loader.Rows(_ml));
        Assert.That(Run(model, column),
            Is.EqualTo(Loader.Expected(_ml, model, column)).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [TestCase("Code")]
    [TestCase("Clean")]
    [TestCase("Hidden")]
    public void A_convolutional_model_gives_the_same_bits(string column)
    {
        using AutoencoderTransformer model = Fit(Network.Compose(layers => layers.Reshape(1, 3, 4).Convolution(5)
            .BatchNorm().Gelu().Convolution(18, kernel: 2, stride: 1).LayerNorm().Relu()));
        Assert.That(Run(model, column),
            Is.EqualTo(Loader.Expected(_ml, model, column)).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [TestCase("Code")]
    [TestCase("Clean")]
    [TestCase("Hidden")]
    public void A_conditioned_convolutional_model_gives_the_same_bits(string column)
    {
        using var model = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.Transforms.Autoencoders.Plain("Code", "Features", new()
            {
                CodeSize = 2,
                Network = Network.Convolutional(3, 4, 1, [4]),
                ConditionColumnName = "Label",
                ReconstructionColumnName = "Clean",
                HiddenColumnName = "Hidden",
                Training = Small.Training(),
            })).Fit(Loader.Rows(_ml));
        Assert.That(Run(model, column),
            Is.EqualTo(Loader.Expected(_ml, model, column)).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    private static IEnumerable<TestCaseData> Sequences()
    {
        yield return Case(Network.Temporal([8, 4], batchNorm: true), 140, 1, "Clean");
        yield return Case(Network.Temporal([8, 4], batchNorm: true), 60, 8, "Clean");
        yield return Case(Network.Temporal([8, 4], batchNorm: true), 60, 8, "Code");
        yield return Case(Network.Temporal([8, 4], dilated: true), 60, 8, "Clean");
        yield return Case(Network.Recurrent([5, 20], bidirectional: true), 60, 8, "Clean");
        yield return Case(Network.Recurrent([7, 9], RecurrentCell.Gru, feedsBack: true), 140, 1, "Code");
        yield return Case(Network.Recurrent([7], feedsBack: true), 60, 8, "Clean");
        yield return Case(Network.Recurrent([7, 9], segments: 5), 60, 8, "Clean");

        static TestCaseData Case(Network network, int steps, int channels, string column) =>
            new TestCaseData(network, steps, channels, column).SetArgDisplayNames(
                network.ToString(), $"{steps}", $"{channels}", column);
    }

    [TestCaseSource(nameof(Sequences))]
    public void A_model_of_sequences_gives_the_same_bits(Network network, int steps, int channels, string column)
    {
        int[] size = [steps, channels];
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 4,
            Network = network,
            Output = StageOutput.RowAndHiddenActivations,
            ReconstructionColumnName = "Clean",
            Training = Small.Training(epochs: 1),
        }).Fit(Loader.Rows(_ml, size));
        byte[] saved = ModelZip.Save(_ml, model, Loader.Rows(_ml, size).Schema);

        Assert.That(Loader.Run(_program.Path, saved, column, size),
            Is.EqualTo(Loader.Expected(_ml, model, column, size)).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [Test]
    public void Features_of_pictures_are_predicted_encoded_decoded_and_saved()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Denoising("Code", "Features",
            DenoisingOptions.ImageFeatures(new ImageFormat(3, 4), codeSize: 2, epochs: 2)).Fit(Loader.Rows(_ml));
        Assert.That(Run(model, "direct"), Is.EqualTo(Reconstructed(model)).And.Unique);
    }

    [Test]
    public void Hidden_activations_of_pictures_are_predicted_and_encoded()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Denoising("Code", "Features",
            DenoisingOptions.ImageFeatures(new ImageFormat(3, 4), codeSize: 2, epochs: 2) with
            {
                Output = StageOutput.HiddenActivations,
            }).Fit(Loader.Rows(_ml));
        Assert.That(Run(model, "hidden"),
            Is.EqualTo(Loader.Expected(_ml, model, "Code")).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [Test]
    public void Quantized_codes_are_predicted_encoded_decoded_and_saved()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.VectorQuantized("Code", "Features", new()
        {
            CodeSize = 8,
            VectorSize = 2,
            CodebookSize = 20,
            CodeIndicesColumnName = "Indices",
            Network = Network.Convolutional(3, 4, 1, [4]),
            Training = Small.Training(),
        }).Fit(Loader.Rows(_ml));
        Assert.That(Run(model, "direct"), Is.EqualTo(Reconstructed(model)));
    }

    [Test]
    public void Interleaved_pictures_are_enlarged()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Denoising("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Network.Dense(8),
            Corruption = Corruption.Downscale(2),
            Image = new ImageFormat(2, 2, 3, PixelOrder.Interleaved),
            ReconstructionColumnName = "Clean",
            Training = Small.Training(),
        }).Fit(Loader.Rows(_ml));
        Assert.That(Run(model, "Clean"),
            Is.EqualTo(Loader.Expected(_ml, model, "Clean")).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    /// <summary>
    /// Before TorchSharp's trace of its attempts, which stands in the inner exception and nowhere else, and after it.
    /// </summary>
    [TestCase("Code", "the layer Tanh")]
    [TestCase("Draw", "column 'Draw'")]
    public void A_model_says_what_is_missing_and_for_what(string column, string use)
    {
        string missing = $"The native torch library could not be loaded, which {use} needs. The application " +
            "references no native torch package for this platform.";
        const string Trace = "Trace from LoadNativeBackend";
        ITransformer model = column == "Draw" ? Draws() : Conditioned();
        using var disposed = (IDisposable)model;
        string printed = Assert.Throws<InvalidOperationException>(() => Run(model, column))!.Message;

        Assert.That(printed.Split(Trace), Has.Length.EqualTo(2), printed);
        Assert.That(printed.Split(Trace), Has.All.Contain(missing));
    }

    private AutoencoderTransformer Draws() => _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
    {
        CodeSize = 2,
        Network = Small.Network,
        Prior = CodePrior.Vamp(4),
        SampleColumnName = "Draw",
        Training = Small.Training(),
    }).Fit(Loader.Rows(_ml));

    /// <summary>The label goes through a function of its own first.</summary>
    private TransformerChain<AutoencoderTransformer> Conditioned() =>
        _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.Transforms.Autoencoders.Plain("Code", "Features", new()
            {
                CodeSize = 2,
                Network = Network.Compose(layers => layers.Tanh().Linear(4)),
                ConditionColumnName = "Label",
                Training = Small.Training(),
            })).Fit(Loader.Rows(_ml));

    private static string[] Reconstructed(AutoencoderTransformer model) =>
        [.. Enumerable.Range(0, Loader.RowCount).Select(number =>
            Convert.ToHexString(MemoryMarshal.AsBytes<float>(model.Reconstruct(LoaderRow.Make(number).Features))))];

    private AutoencoderTransformer Fit(Network network) => _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
    {
        CodeSize = 2,
        Network = network,
        ReconstructionColumnName = "Clean",
        HiddenColumnName = "Hidden",
        Scaling = InputScaling.Standardize,
        Training = Small.Training(),
    }).Fit(Loader.Rows(_ml));

    private string[] Run(ITransformer model, string column) =>
        Loader.Run(_program.Path, ModelZip.Save(_ml, model, Loader.Rows(_ml).Schema), column);
}
