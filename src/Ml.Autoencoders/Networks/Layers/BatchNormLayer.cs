using Ml.Autoencoders.Onnx;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Batch normalization (Ioffe and Szegedy 2015): each feature of a vector, or each channel of an image, to mean 0 and
/// variance 1 over the batch, then scaled and shifted. Prediction uses running statistics.
/// </summary>
internal sealed record BatchNormLayer : Layer
{
    private const double Momentum = 0.1;
    public const double Epsilon = 1e-5;

    public override Shape OutputShape(Shape input) => input;

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        long[] features = [input.Dimensions[0]];
        return
        [
            new("weight", features, Initialization.Ones),
            new("bias", features, Initialization.Zeros),
            new("running_mean", features, Initialization.Zeros, IsTrained: false),
            new("running_var", features, Initialization.Ones, IsTrained: false),
        ];
    }

    public override Tensor Forward(Tensor input, IReadOnlyList<Tensor> parameters, ForwardMode mode) =>
        nn.functional.batch_norm(input, parameters[2], parameters[3], parameters[0], parameters[1],
            mode.IsTraining, Momentum, Epsilon);

    public override OnnxValue Export(OnnxValue input, IReadOnlyList<OnnxValue> parameters) =>
        input.Graph.Add("BatchNormalization", [input, .. parameters], OnnxAttribute.Of("epsilon", (float)Epsilon));

    public override string ToString() => "BatchNorm";
}
