using Ml.Autoencoders.Bottlenecks;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>Networks that no ONNX file holds, which nobody has to make to be told so.</summary>
internal sealed class OnnxLimitsTests
{
    // 20,000 x 20,000 numbers of four bytes on either side of the code.
    private static readonly ModelDefinition Large = Definition(Network.Dense(20_000, 20_000));

    [TestCase(OnnxPart.Encoder)]
    [TestCase(OnnxPart.Decoder)]
    public void Half_of_it_may_fit(OnnxPart part) =>
        Assert.That(() => OnnxLimits.RequireSize(Large, part, int.MaxValue), Throws.Nothing);

    [Test]
    public void A_stage_that_is_too_large_is_refused() =>
        Assert.That(() => OnnxLimits.RequireSize(Large, OnnxPart.Stage, int.MaxValue), Throws.InvalidOperationException.With.Message.EqualTo(
            "The tensors of the stage take 3,201,120,020 bytes, and an ONNX file of one piece holds 2,147,483,647. " +
            "Export OnnxPart.Encoder and OnnxPart.Decoder each by itself, or save the numbers with SaveWeights."));

    [Test]
    public void Half_of_something_larger_is_refused() =>
        Assert.That(() => OnnxLimits.RequireSize(Definition(Network.Dense(24_000, 24_000)), OnnxPart.Encoder, int.MaxValue),
            Throws.InvalidOperationException.With.Message.StartsWith("The tensors of the encoder take 2,30").And.Message.EndsWith(" 2,147,483,647. Save the numbers with SaveWeights."));

    private static ModelDefinition Definition(Network network) => new("Test", network.Plan(3, 2, 2, endInSigmoid: false),
        new DeterministicBottleneck(), new ReconstructionObjective(new GaussianLikelihood()), Corruption.None, InputScaling.None);
}
