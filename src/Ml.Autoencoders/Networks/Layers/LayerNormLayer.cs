using Ml.Autoencoders.Onnx;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Layer normalization (Ba et al. 2016): each row to mean 0 and variance 1, then scaled and shifted per number.
/// </summary>
internal sealed record LayerNormLayer : Layer
{
    /// <summary>Torch's default.</summary>
    public const float Epsilon = 1e-5f;

    public override Shape OutputShape(Shape input) => input;

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        long[] shape = [.. input.Dimensions.Select(size => (long)size)];
        return [new("weight", shape, Initialization.Ones), new("bias", shape, Initialization.Zeros)];
    }

    public override Tensor Forward(Tensor input, IReadOnlyList<Tensor> parameters, ForwardMode mode) =>
        nn.functional.layer_norm(input, parameters[0].shape, parameters[0], parameters[1], Epsilon);

    public override OnnxValue Export(OnnxValue input, IReadOnlyList<OnnxValue> parameters) =>
        input.Graph.Add("LayerNormalization", [input, .. parameters], OnnxAttribute.Of("axis", 1),
            OnnxAttribute.Of("epsilon", Epsilon));

    public override string ToString() => "LayerNorm";
}
