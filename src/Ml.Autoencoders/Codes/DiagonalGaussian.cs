using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Codes;

/// <summary>A normal distribution for each row, N(μ, diag σ²), whose numbers are independent of each other.</summary>
/// <param name="mean">μ, <c>[B, Z]</c>.</param>
/// <param name="logVariance">ln σ², <c>[B, Z]</c>: any number whose exponential is a Single is valid.</param>
internal sealed class DiagonalGaussian<T>(T mean, T logVariance) : Posterior<T> where T : struct, IArray<T>
{
    public override T Mean => mean;

    /// <summary>ln σ², <c>[B, Z]</c>.</summary>
    public T LogVariance => logVariance;

    /// <summary>
    /// The first half of what an encoder gives is the mean, the second half the log-variance: <c>[B, 2Z]</c>.
    /// </summary>
    public static DiagonalGaussian<T> Of(T encoded)
    {
        (T mean, T logVariance) = encoded.Halves(); // [B, 2Z] -> 2 x [B, Z]
        return new DiagonalGaussian<T>(mean, logVariance);
    }

    /// <summary>
    /// μ + σ ε, a draw when ε is one from N(0, I); gradients reach μ and σ because the randomness is all in ε:
    /// <c>[..., B, Z]</c> to <c>[..., B, Z]</c>.
    /// </summary>
    /// <remarks>Kingma and Welling 2014, "Auto-Encoding Variational Bayes", section 2.4.</remarks>
    public override T Sample(T noise) => Mean + NormalNumber.Deviation(LogVariance) * noise;

    /// <summary>Per row and dimension, the KL divergence to N(0, 1), in nats: <c>[B, Z]</c>.</summary>
    public T Divergence() => NormalNumber.Divergence(Mean, LogVariance);

    public override T? Divergence(CodePrior prior) => prior is NormalPrior ? Divergence() : null;

    /// <summary>ln N(z; μ, σ²), in nats: <c>[..., B, Z]</c> to <c>[..., B]</c>.</summary>
    public override T LogDensity(T z) => LogDensities(z).Sum(-1);

    /// <summary>ln N(z; μ, σ²) of the draw z = μ + σ ε, from its noise ε: <c>[..., B, Z]</c> to <c>[..., B]</c>. The
    /// code itself no longer determines ε where σ is small next to the rounding of μ.</summary>
    public override T LogDensityOfDraw(T noise, T z) => NormalNumber.LogDensityOfDraw(noise, LogVariance).Sum(-1);

    /// <summary>Of each dimension alone, ln N(z; μ, σ²): <c>[..., B, Z]</c> to <c>[..., B, Z]</c>.</summary>
    public T LogDensities(T z) => NormalNumber.LogDensity(z, Mean, LogVariance);

    /// <summary>ln N(z; 0, I), in nats: <c>[..., Z]</c> to <c>[...]</c>.</summary>
    public static T StandardLogDensity(T z) => NormalNumber.StandardLogDensity(z).Sum(-1);
}
