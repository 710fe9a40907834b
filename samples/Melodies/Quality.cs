namespace Melodies;

/// <summary>How well melodies come back from their codes.</summary>
/// <param name="Steps">The share of steps whose likeliest key, by the mean code, is the right one.</param>
/// <param name="Whole">The share of melodies that are right at every step.</param>
/// <param name="Bits">The mean KL divergence of the code from the prior: what a code tells of its melody.</param>
internal sealed record Quality(double Steps, double Whole, double Bits)
{
    /// <param name="given">Melodies, a key each step.</param>
    /// <param name="reconstructed">What came back of each.</param>
    /// <param name="means">Of their codes.</param>
    /// <param name="logVariances">Of their codes, ln σ².</param>
    public static Quality Of(uint[][] given, uint[][] reconstructed, float[][] means, float[][] logVariances)
    {
        double[] right = [.. given.Zip(reconstructed,
            (row, result) => row.Zip(result, (key, other) => key == other ? 1.0 : 0).Average())];
        return new(right.Average(), right.Average(share => share == 1 ? 1 : 0),
            means.Zip(logVariances, Divergence).Average() / Math.Log(2));
    }

    /// <summary>KL(N(μ, σ²) || N(0, I)) = 1/2 sum (μ² + σ² - 1 - ln σ²), in nats.</summary>
    private static double Divergence(float[] mean, float[] logVariance) =>
        mean.Zip(logVariance, (m, v) => ((double)m * m + Math.Exp(v) - 1 - v) / 2).Sum();
}
