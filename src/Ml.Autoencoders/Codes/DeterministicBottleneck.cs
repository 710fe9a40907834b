using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Codes;

/// <summary>The code is what the encoder gives.</summary>
/// <param name="Rectified">Whether negative numbers become 0, so that a code can hold exact zeros.</param>
internal sealed record DeterministicBottleneck(bool Rectified = false) : Bottleneck
{
    public override int EncoderOutputs(int codeSize) => codeSize;

    public override T Read<T>(T encoded) => Rectified ? encoded.Relu() : encoded;

    protected override void Read(Span<float> encoded)
    {
        if (Rectified)
            ActivationFunctions.Apply(Activation.Relu, encoded);
    }

    public override T Code<T>(T encoded, WeightFinder<T> find) => encoded;
}
