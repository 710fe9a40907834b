using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Bottlenecks;

/// <summary>What a code is: the step between encoder and decoder.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "bottleneck")]
[JsonDerivedType(typeof(DeterministicBottleneck), "deterministic")]
internal abstract record Bottleneck
{
    /// <summary>How many numbers the encoder has to give for a code of <paramref name="codeSize"/>.</summary>
    public abstract int EncoderOutputs(int codeSize);

    /// <summary>The encoder's output <c>[B, encoder outputs]</c> to codes <c>[B, Z]</c>.</summary>
    public abstract Tensor Code(Tensor encoded);
}
