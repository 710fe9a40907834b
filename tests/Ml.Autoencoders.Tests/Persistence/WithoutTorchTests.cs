using System.Runtime.InteropServices;
using FreshProcess;
using Microsoft.ML;

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
        string[] expected = [.. Enumerable.Range(0, Loader.RowCount).Select(number =>
            Convert.ToHexString(MemoryMarshal.AsBytes<float>(model.Reconstruct(LoaderRow.Make(number).Features))))];
        Assert.That(Run(model, "direct"), Is.EqualTo(expected).And.Unique);
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

    /// <summary>
    /// Before TorchSharp's trace of its attempts, which stands in the inner exception and nowhere else, and after it.
    /// </summary>
    [Test]
    public void A_convolutional_model_says_what_is_missing()
    {
        const string Missing =
            "The native torch library could not be loaded. The application references no native torch package for " +
                "this platform.";
        const string Trace = "Trace from LoadNativeBackend";
        using AutoencoderTransformer model = Fit(Network.Convolutional(3, 4, 1, [2]));

        string printed = Assert.Throws<InvalidOperationException>(() => Run(model, "Code"))!.Message;

        Assert.That(printed.Split(Trace), Has.Length.EqualTo(2), printed);
        Assert.That(printed.Split(Trace), Has.All.Contain(Missing));
    }

    private AutoencoderTransformer Fit(Network network) => _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
    {
        CodeSize = 2,
        Network = network,
        ReconstructionColumnName = "Clean",
        Scaling = InputScaling.Standardize,
        Training = Small.Training(),
    }).Fit(Loader.Rows(_ml));

    private string[] Run(ITransformer model, string column) =>
        Loader.Run(_program.Path, ModelZip.Save(_ml, model, Loader.Rows(_ml).Schema), column);
}
