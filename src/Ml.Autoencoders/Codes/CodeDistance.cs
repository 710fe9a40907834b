using Ml.Autoencoders.Arrays;
using static System.FormattableString;

namespace Ml.Autoencoders.Codes;

/// <summary>How far codes lie from those of the training rows: |W z + b|² with W = L⁻¹ / √Z and b = -W μ, where L Lᵀ is
/// the covariance of their codes and μ their mean. That is (z - μ)ᵀ (L Lᵀ)⁻¹ (z - μ) / Z, the squared Mahalanobis
/// distance for each number of a code.</summary>
/// <param name="Weight">W, <c>[Z, Z]</c>, row by row.</param>
/// <param name="Bias">b, <c>[Z]</c>.</param>
internal sealed record CodeDistance(float[] Weight, float[] Bias)
{
    /// <summary>What is added to every variance, as a share of their mean, so that directions in which codes do not
    /// vary, and fewer rows than numbers of a code, leave the covariance invertible.</summary>
    private const double Ridge = 1e-2;

    /// <summary>The same as a share of the codes' mean square: a Single is rounded by less.</summary>
    private const double Rounding = 1e-12;

    /// <summary>What is added at least, so that W, and the distance of a code that is 1 away, are numbers that a Single
    /// holds.</summary>
    private const double Least = 1e-38;

    /// <summary><c>[B, Z]</c>, <c>[Z, Z]</c>, <c>[Z]</c> to <c>[B, 1]</c>.</summary>
    public static T Of<T>(T codes, T weight, T bias) where T : struct, IArray<T> =>
        default(Square).Of(codes.Linear(weight, bias, ForwardMode.Prediction)).Sum(1, keep: true);

    /// <summary>The distance from codes of given moments.</summary>
    /// <exception cref="InvalidOperationException">They are not finite.</exception>
    public static CodeDistance From(Moments moments)
    {
        double ridge = RidgeOf(moments);
        if (!double.IsFinite(ridge))
            throw new InvalidOperationException(Invariant(
                $"The codes of the training rows are beyond what a distance can be computed from: with their mean ") +
                Invariant($"variance it would be {ridge}. Usual cause: a training that diverged."));
        int size = moments.Mean.Length;
        double[][] root = Gaussian.Of(moments, ridge).InverseRoot;
        double scale = 1 / Math.Sqrt(size);
        var weight = new float[size * size];
        var bias = new float[size];
        for (int i = 0; i < size; i++)
        {
            double sum = 0;
            for (int j = 0; j <= i; j++)
            {
                weight[i * size + j] = (float)(root[i][j] * scale);
                sum += root[i][j] * moments.Mean[j];
            }
            bias[i] = (float)(-sum * scale);
        }
        return new CodeDistance(weight, bias);
    }

    /// <summary>1 where all codes are 0, so that a code is as far as it is long.</summary>
    public static double RidgeOf(Moments moments)
    {
        double variance = moments.Covariance.Average(row => row[^1]);
        double size = variance + moments.Mean.Average(mean => mean * mean);
        double ridge = Math.Max(Ridge * variance, Rounding * size);
        return ridge == 0 ? 1 : Math.Max(ridge, Least);
    }

    /// <summary>x².</summary>
    public readonly struct Square : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => x.Squared();
    }
}
