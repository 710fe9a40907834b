using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>The code is what the encoder says.</summary>
/// <param name="Rectified">Whether negative numbers become 0, so that a code can hold exact zeros.</param>
internal sealed record DeterministicBottleneck(bool Rectified = false) : Bottleneck
{
    public override int EncoderOutputs(int codeSize) => codeSize;

    public override Tensor Code(Tensor encoded, NetworkWeights weights) => Rectified ? nn.functional.relu(encoded) : encoded;

    public override OnnxValue Export(OnnxValue encoded, int codeSize) => Rectified ? encoded.To("Relu") : encoded;
}
