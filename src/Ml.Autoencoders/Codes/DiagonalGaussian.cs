using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>A normal distribution for each row, N(μ, diag σ²), whose numbers are independent of each other.</summary>
/// <param name="mean">μ, <c>[B, Z]</c>.</param>
/// <param name="logVariance">ln σ², <c>[B, Z]</c>: any number whose exponential is a Single is valid.</param>
internal sealed class DiagonalGaussian(Tensor mean, Tensor logVariance) : Posterior
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    public override Tensor Mean => mean;

    /// <summary>ln σ², <c>[B, Z]</c>.</summary>
    public Tensor LogVariance => logVariance;

    /// <summary>
    /// The first half of what an encoder gives is the mean, the second half the log-variance: <c>[B, 2Z]</c>.
    /// </summary>
    public static DiagonalGaussian Of(Tensor encoded)
    {
        Tensor[] halves = encoded.chunk(2, dim: 1); // [B, 2Z] -> 2 x [B, Z]
        return new DiagonalGaussian(halves[0], halves[1]);
    }

    /// <summary>
    /// μ + σ ε, a draw when ε is one from N(0, I); gradients reach μ and σ because the randomness is all in ε:
    /// <c>[..., B, Z]</c> to <c>[..., B, Z]</c>.
    /// </summary>
    /// <remarks>Kingma and Welling 2014, "Auto-Encoding Variational Bayes", section 2.4.</remarks>
    public override Tensor Sample(Tensor noise) => Mean.Plus(LogVariance.Over(2).exp() * noise);

    /// <summary>
    /// Per row and dimension, the KL divergence to N(0, 1), in nats: (μ² + σ² - 1 - ln σ²) / 2, with σ² - 1 computed as
    /// expm1(ln σ²), which loses no digits near σ = 1: <c>[B, Z]</c>.
    /// </summary>
    /// <remarks>Kingma and Welling 2014, "Auto-Encoding Variational Bayes", appendix B.</remarks>
    public Tensor Divergence() => (Mean.Squared().Plus(LogVariance.expm1()) - LogVariance).Over(2);

    public override Tensor? Divergence(CodePrior prior) => prior is NormalPrior ? Divergence() : null;

    /// <summary>ln N(z; μ, σ²), in nats: <c>[..., B, Z]</c> to <c>[..., B]</c>.</summary>
    public override Tensor LogDensity(Tensor z) => LogDensities(z).sum([-1]);

    /// <summary>ln N(z; μ, σ²) of the draw z = μ + σ ε, from its noise ε: <c>[..., B, Z]</c> to <c>[..., B]</c>. The
    /// code itself no longer determines ε where σ is small next to the rounding of μ.</summary>
    public override Tensor LogDensityOfDraw(Tensor noise, Tensor z) =>
        noise.Squared().Plus(LogVariance).Plus(LogTwoPi).Over(-2).sum([-1]);

    /// <summary>
    /// Of each dimension alone, -(ln 2π + ln σ² + (z - μ)² / σ²) / 2: <c>[..., B, Z]</c> to <c>[..., B, Z]</c>.
    /// </summary>
    /// <remarks>Bishop 2006, "Pattern Recognition and Machine Learning", equation 2.42.</remarks>
    public Tensor LogDensities(Tensor z) =>
        ((z - Mean).Squared() * LogVariance.neg().exp()).Plus(LogVariance).Plus(LogTwoPi).Over(-2);

    /// <summary>ln N(z; 0, I), in nats: <c>[..., Z]</c> to <c>[...]</c>.</summary>
    public static Tensor StandardLogDensity(Tensor z) => z.Squared().Plus(LogTwoPi).Over(-2).sum([-1]);
}
