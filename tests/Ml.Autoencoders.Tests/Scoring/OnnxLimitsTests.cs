using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>Networks that no ONNX file holds, which nobody has to make to be told so.</summary>
internal sealed class OnnxLimitsTests
{
    // 20,000 x 20,000 numbers of four bytes on either side of the code.
    private static readonly ModelDefinition Large = Definition(Network.Dense(20_000, 20_000));

    [TestCase(OnnxPart.Encoder)]
    [TestCase(OnnxPart.Decoder)]
    public void Half_of_it_may_fit(OnnxPart part) =>
        Assert.That(() => OnnxLimits.RequireSize(Large, part), Throws.Nothing);

    [Test]
    public void A_stage_that_is_too_large_is_refused_before_a_number_of_it_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        using var model = new AutoencoderModel(Large, new ModelNumbers(), TorchSharp.torch.CPU);
        var description = new ModelDescription(ModelDescription.CurrentVersion, new ColumnNames("Features", "Code"),
            Large, new TrainingOptions { Epochs = 1 }, []);
        Assert.That(() => OnnxFile.Write(folder.File("stage.onnx"), description, model, OnnxPart.Stage),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "The tensors of the stage take 3,201,120,020 bytes, and an ONNX file holds 2,130,706,431 bytes of them. " +
            "Export OnnxPart.Encoder and OnnxPart.Decoder each by itself, or save the numbers with SaveWeights."));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public void Half_of_something_larger_is_refused() =>
        Assert.That(() => OnnxLimits.RequireSize(Definition(Network.Dense(17_000, 17_000, 17_000)), OnnxPart.Encoder),
            Throws.InvalidOperationException.With.Message.StartsWith("The tensors of the encoder take 2,31")
                .And.Message.EndsWith(" of them. Save the numbers with SaveWeights."));

    private static ModelDefinition Definition(Network network) =>
        new("Test", network.Plan(3, 2, 2, endInSigmoid: false),
        new DeterministicBottleneck(), new ReconstructionObjective(new GaussianLikelihood()), Corruption.None,
        InputScaling.None);
}
