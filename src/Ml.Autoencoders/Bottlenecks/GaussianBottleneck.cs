using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Onnx;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Bottlenecks;

/// <summary>
/// The code is a normal variable with independent dimensions, q(z|x) = N(μ(x), σ²(x)): the encoder gives μ and ln σ²
/// (Kingma and Welling 2014, equation 9). Training draws from it, prediction takes the mean.
/// </summary>
internal sealed record GaussianBottleneck : Bottleneck
{
    public override int EncoderOutputs(int codeSize) => 2 * codeSize;

    public override Tensor Code(Tensor encoded, NetworkWeights weights) => DiagonalGaussian.Of(encoded).Mean;

    public override OnnxValue Export(OnnxValue encoded, int codeSize) => encoded.Columns(0, codeSize);

    public override Tensor Draw(Tensor encoded, NetworkWeights weights, ForwardMode mode, Generator noise) =>
        DiagonalGaussian.Of(encoded).Sample(noise);
}
