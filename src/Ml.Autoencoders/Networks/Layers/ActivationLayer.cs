using System.Diagnostics;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>A non-linear function of every number; the shape stays.</summary>
internal sealed record ActivationLayer(Activation Function) : Layer
{
    public const double LeakySlope = 0.01;

    public override Shape OutputShape(Shape input) => input;

    public override Tensor Forward(Tensor input, IReadOnlyList<Tensor> parameters, ForwardMode mode) => Function switch
    {
        Activation.Relu => nn.functional.relu(input),
        Activation.LeakyRelu => input.LeakyRelu(LeakySlope),
        Activation.Elu => input.Elu(),
        Activation.Gelu => nn.functional.gelu(input),
        Activation.Silu => nn.functional.silu(input),
        Activation.Tanh => input.tanh(),
        Activation.Sigmoid => input.sigmoid(),
        _ => throw new UnreachableException(),
    };

    public override string ToString() => Function.ToString();
}
