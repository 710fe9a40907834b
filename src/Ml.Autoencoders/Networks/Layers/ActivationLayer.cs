using System.Diagnostics;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>A non-linear function of every number; the shape stays.</summary>
internal sealed record ActivationLayer(Activation Function) : Layer
{
    public override void Check(Place place) =>
        Require.Defined(Function, place, place.IsEntry ? nameof(Function) : nameof(Activation));

    public override Shape OutputShape(Shape input) => input;

    public override Tensor Forward(Tensor input, IReadOnlyList<Tensor> parameters, ForwardMode mode) => Function switch
    {
        Activation.Relu => nn.functional.relu(input),
        Activation.LeakyRelu => input.LeakyRelu(ActivationFunctions.LeakySlope),
        Activation.Elu when IsRepeatable(input, mode) =>
        nn.functional.relu(input).Plus(nn.functional.relu(input.neg()).neg().expm1()),
        Activation.Elu => input.Elu(),
        Activation.Gelu => nn.functional.gelu(input),
        Activation.Silu when IsRepeatable(input, mode) => input * Logistic.Of(input),
        Activation.Silu => nn.functional.silu(input),
        Activation.Tanh => input.tanh(),
        Activation.Sigmoid when IsRepeatable(input, mode) => Logistic.Of(input),
        Activation.Sigmoid => input.sigmoid(),
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether the bits of a row must not depend on the others.</summary>
    private static bool IsRepeatable(Tensor input, ForwardMode mode) =>
        !mode.IsTraining && input.device_type == TorchSharp.DeviceType.CPU;

    public override OnnxValue Export(OnnxValue input, IReadOnlyList<OnnxValue> parameters) => Function switch
    {
        Activation.Relu => input.To("Relu"),
        Activation.LeakyRelu => input.To("LeakyRelu", OnnxAttribute.Of("alpha", (float)ActivationFunctions.LeakySlope)),
        Activation.Elu => input.To("Elu"),
        // x Φ(x) with Φ(x) = (1 + erf(x / √2)) / 2: ONNX has no such function before its operator set 20.
        Activation.Gelu => ((input / MathF.Sqrt(2)).To("Erf") + 1) * input * 0.5f,
        Activation.Silu => input * input.To("Sigmoid"),
        Activation.Tanh => input.To("Tanh"),
        Activation.Sigmoid => input.To("Sigmoid"),
        _ => throw new UnreachableException(),
    };

    public override string ToString() => Function.ToString();
}
