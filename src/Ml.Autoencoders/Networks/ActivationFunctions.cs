using System.Diagnostics;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>What each <see cref="Activation"/> computes.</summary>
internal static class ActivationFunctions
{
    /// <summary>The factor that <see cref="Activation.LeakyRelu"/> multiplies numbers below 0 by.</summary>
    private const double LeakySlope = 0.01;

    /// <summary>What is done with the function that was chosen.</summary>
    private interface IUse<TResult>
    {
        TResult With<TFunction>(TFunction function) where TFunction : struct, IUnaryFunction;
    }

    /// <summary>The function, in any back end.</summary>
    public static T Of<T>(Activation activation, T x, ForwardMode mode) where T : IElementwise<T> =>
        Choose<Applied<T>, T>(activation, mode, new(x));

    /// <summary>The function in prediction of every number of a span, in place. It is chosen once, not for each
    /// number.</summary>
    public static void Apply(Activation activation, Span<float> values) =>
        Choose<InPlace, bool>(activation, ForwardMode.Prediction, new(values));

    private static TResult Choose<TUse, TResult>(Activation activation, ForwardMode mode, TUse use)
        where TUse : IUse<TResult>, allows ref struct => activation switch
        {
            Activation.Relu => use.With(default(Relu)),
            Activation.LeakyRelu => use.With(default(LeakyRelu)),
            Activation.Elu => use.With(new Elu(mode)),
            Activation.Gelu => use.With(default(Gelu)),
            Activation.Silu => use.With(new Silu(mode)),
            Activation.Tanh => use.With(default(Tanh)),
            Activation.Sigmoid => use.With(new Sigmoid(mode)),
            _ => throw new UnreachableException(),
        };

    private readonly struct Applied<T>(T x) : IUse<T> where T : IElementwise<T>
    {
        public T With<TFunction>(TFunction function) where TFunction : struct, IUnaryFunction => function.Of(x);
    }

    private readonly ref struct InPlace(Span<float> values) : IUse<bool>
    {
        private readonly Span<float> _values = values;

        public bool With<TFunction>(TFunction function) where TFunction : struct, IUnaryFunction
        {
            Elementwise.Apply(_values, function);
            return true;
        }
    }

    private readonly struct Relu : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => x.Relu();
    }

    private readonly struct LeakyRelu : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => x.LeakyRelu(LeakySlope);
    }

    private readonly struct Elu(ForwardMode mode) : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => x.Elu(mode);
    }

    private readonly struct Gelu : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => x.Gelu();
    }

    private readonly struct Silu(ForwardMode mode) : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => x.Silu(mode);
    }

    private readonly struct Tanh : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => x.Tanh();
    }

    private readonly struct Sigmoid(ForwardMode mode) : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => x.Sigmoid(mode);
    }
}
