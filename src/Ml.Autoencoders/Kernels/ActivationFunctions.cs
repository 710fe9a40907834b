using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// The members of <see cref="Activation"/> in managed code: every number of a span, in place. NaN
/// stays NaN.
/// </summary>
internal static class ActivationFunctions
{
    /// <summary>The factor that <see cref="Activation.LeakyRelu"/> multiplies numbers below 0 by.</summary>
    public const double LeakySlope = 0.01;

    public static void Apply(Activation activation, Span<float> values)
    {
        switch (activation)
        {
            case Activation.Relu:
                Elementwise.Apply(values, default(Relu));
                break;
            case Activation.LeakyRelu:
                Elementwise.Apply(values, default(LeakyRelu));
                break;
            case Activation.Elu:
                Elementwise.Apply(values, default(Elu));
                break;
            case Activation.Gelu:
                Elementwise.Apply(values, default(Gelu));
                break;
            case Activation.Silu:
                Elementwise.Apply(values, default(Silu));
                break;
            case Activation.Tanh:
                Elementwise.Apply(values, default(Tanh));
                break;
            case Activation.Sigmoid:
                Elementwise.Apply(values, default(Sigmoid));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static Vector256<float> Where(Vector256<float> condition, Vector256<float> yes, Vector256<float> no) =>
        Vector256.ConditionalSelect(condition, yes, no);

    private readonly struct Relu : IUnaryFunction
    {
        public Vector256<float> Of(Vector256<float> x) => Where(Vector256.LessThan(x, default), default, x);
    }

    private readonly struct LeakyRelu : IUnaryFunction
    {
        public Vector256<float> Of(Vector256<float> x) =>
            Where(Vector256.LessThan(x, default), x * (float)LeakySlope, x);
    }

    private readonly struct Elu : IUnaryFunction
    {
        public Vector256<float> Of(Vector256<float> x) =>
            Where(Vector256.LessThan(x, default), Vector256.Exp(x) - Vector256<float>.One, x);
    }

    /// <summary>
    /// x Φ(x), with the tail Φ(-|x|) = t (a1 + t (a2 + t (a3 + t (a4 + t a5)))) exp(-x²/2) / 2, t = 1 / (1 + p
    /// |x| / √2), which is off by less than 1e-7 (Abramowitz and Stegun 1964, "Handbook of Mathematical
    /// Functions", equation 7.1.26).
    /// </summary>
    private readonly struct Gelu : IUnaryFunction
    {
        public Vector256<float> Of(Vector256<float> x)
        {
            Vector256<float> size = Vector256.Abs(x);
            Vector256<float> t = Vector256<float>.One / (Vector256<float>.One + size * (0.3275911f * 0.70710678f));
            Vector256<float> series = Vector256.Create(1.061405429f) * t - Vector256.Create(1.453152027f);
            series = series * t + Vector256.Create(1.421413741f);
            series = series * t - Vector256.Create(0.284496736f);
            series = series * t + Vector256.Create(0.254829592f);
            Vector256<float> tail = series * t * Vector256.Exp(x * x * -0.5f) * 0.5f;
            return x * Where(Vector256.LessThan(x, default), tail, Vector256<float>.One - tail);
        }
    }

    private readonly struct Silu : IUnaryFunction
    {
        public Vector256<float> Of(Vector256<float> x) => x / (Vector256<float>.One + Vector256.Exp(-x));
    }

    /// <summary>tanh x = 1 - 2 / (exp(2x) + 1).</summary>
    private readonly struct Tanh : IUnaryFunction
    {
        public Vector256<float> Of(Vector256<float> x) =>
            Vector256<float>.One - Vector256.Create(2f) / (Vector256.Exp(x + x) + Vector256<float>.One);
    }

    private readonly struct Sigmoid : IUnaryFunction
    {
        public Vector256<float> Of(Vector256<float> x) =>
            Vector256<float>.One / (Vector256<float>.One + Vector256.Exp(-x));
    }
}
