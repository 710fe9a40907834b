using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Codes;

/// <summary>The formulas of a normal variable, N(μ, σ²), given by μ and ln σ².</summary>
internal static class NormalNumber
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>σ.</summary>
    public static T Deviation<T>(T logVariance) where T : IArithmetic<T> => (logVariance / 2).Exp();

    /// <summary>
    /// The KL divergence to N(0, 1), in nats: (μ² + σ² - 1 - ln σ²) / 2, with σ² - 1 computed as expm1(ln σ²), which
    /// loses no digits near σ = 1.
    /// </summary>
    /// <remarks>Kingma and Welling 2014, "Auto-Encoding Variational Bayes", appendix B.</remarks>
    public static T Divergence<T>(T mean, T logVariance) where T : IArithmetic<T> =>
        (mean.Squared() + logVariance.Expm1() - logVariance) / 2;

    /// <summary>ln N(z; μ, σ²), in nats: -(ln 2π + ln σ² + (z - μ)² / σ²) / 2.</summary>
    /// <remarks>Bishop 2006, "Pattern Recognition and Machine Learning", equation 2.42.</remarks>
    public static T LogDensity<T>(T z, T mean, T logVariance) where T : IArithmetic<T> =>
        ((z - mean).Squared() * (-logVariance).Exp() + logVariance + LogTwoPi) / -2;

    /// <summary>The same of the draw z = μ + σ ε.</summary>
    public static T LogDensityOfDraw<T>(T noise, T logVariance) where T : IArithmetic<T> =>
        (noise.Squared() + logVariance + LogTwoPi) / -2;

    /// <summary>ln N(z; 0, 1), in nats.</summary>
    public static T StandardLogDensity<T>(T z) where T : IArithmetic<T> => (z.Squared() + LogTwoPi) / -2;
}
