using System.Diagnostics;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>What each <see cref="Activation"/> computes.</summary>
internal readonly struct ActivationFunction(Activation function, ForwardMode mode) : IUnaryFunction
{
    /// <summary>The factor that <see cref="Activation.LeakyRelu"/> multiplies numbers below 0 by.</summary>
    private const double LeakySlope = 0.01;

    public T Of<T>(T x) where T : IElementwise<T> => function switch
    {
        Activation.Relu => x.Relu(),
        Activation.LeakyRelu => x.LeakyRelu(LeakySlope),
        Activation.Elu => x.Elu(mode),
        Activation.Gelu => x.Gelu(),
        Activation.Silu => x.Silu(mode),
        Activation.Tanh => x.Tanh(),
        Activation.Sigmoid => x.Sigmoid(mode),
        _ => throw new UnreachableException(),
    };
}
