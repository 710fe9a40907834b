using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>The code is what the encoder gives.</summary>
/// <param name="Rectified">Whether negative numbers become 0, so that a code can hold exact zeros.</param>
internal sealed record DeterministicBottleneck(bool Rectified = false) : Bottleneck
{
    public override int EncoderOutputs(int codeSize) => codeSize;

    public override Tensor Read(Tensor encoded) => Rectified ? nn.functional.relu(encoded) : encoded;

    protected override void Read(Span<float> encoded)
    {
        if (Rectified)
            Elementwise.Apply(encoded, new ActivationFunction(Activation.Relu, ForwardMode.Prediction));
    }

    public override Tensor Code(Tensor encoded, BoundNetwork weights) => encoded;

    public override OnnxValue Export(OnnxValue encoded, int codeSize) => Rectified ? encoded.To("Relu") : encoded;
}
