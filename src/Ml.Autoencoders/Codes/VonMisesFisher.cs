using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>
/// A direction of each row, vMF(μ, κ), with a density in proportion to exp(κ μ·z) on the unit sphere in R^Z (Mardia and
/// Jupp 2000, "Directional Statistics", section 9.3). Densities are with respect to area.
/// </summary>
/// <remarks>
/// All but a rotation is in one number, the angle θ between z and μ, whose density is in proportion to
/// exp(κ cos θ) sin^(Z - 2) θ. It is drawn as the quantile of a normal number's probability, and so without rejection:
/// a draw is a smooth function of its noise and of κ.
/// </remarks>
/// <param name="mean">μ, of length 1, <c>[B, Z]</c>.</param>
/// <param name="concentration">κ, at least 0, <c>[B]</c>.</param>
internal sealed class VonMisesFisher(Tensor mean, Tensor concentration) : Posterior<TorchArray>
{
    /// <summary>The squares of smaller numbers are no longer Single.</summary>
    private const double LeastNoise = 1e-15;

    private readonly int _size = (int)mean.shape[1];

    /// <summary>Of each row; managed, so that blocks of draws share them whatever becomes of a block's
    /// tensors.</summary>
    private PolarAngle[]? _angles;

    public override TorchArray Mean => mean;

    private PolarAngle[] Angles => _angles ??= AnglesOf();

    /// <summary>
    /// The first number of the noise gives the angle to the mean, the others the direction away from it. Both are made
    /// around e1, and what takes e1 to μ takes them along: <c>[..., B, Z]</c> to <c>[..., B, Z]</c>.
    /// </summary>
    public override TorchArray Sample(TorchArray noise)
    {
        (Tensor cosine, Tensor sine) = Angle(noise.Tensor.select(-1, 0)); // [..., B]
        Tensor others = noise.Tensor.narrow(-1, 1, _size - 1);
        // Noise of 0 has a direction, too.
        others = others.Masked(others.abs().amax([-1], keepdim: true).IsBelow(LeastNoise), 1);
        Tensor away = others / others.Squared().sum([-1], keepdim: true).sqrt() * sine.unsqueeze(-1);
        return ToMean(cat([cosine.unsqueeze(-1), away], dim: -1));
    }

    /// <summary>κ (μ·z - 1) - ln N(κ), less the area of the sphere around the mean direction: <c>[..., B, Z]</c> to
    /// <c>[..., B]</c>. μ·z - 1 is computed as -|z - μ|² / 2, which loses no digits near the mean.</summary>
    public override TorchArray LogDensity(TorchArray z)
    {
        Tensor fall = (z.Tensor - mean).Squared().sum([-1]).Over(2); // 1 - μ·z, [..., B]
        Tensor logNormalizer = PerRow(angle => angle.LogNormalizer, angle => -angle.MeanFall);
        return (fall * concentration).neg().Minus(SpherePrior.LogArea(_size - 1)) - logNormalizer;
    }

    /// <summary>To the uniform distribution, κ A(κ) - ln ∫ exp(κ cos θ) sin^(Z - 2) θ dθ, less the same of κ = 0; its
    /// slope is κ Var(cos θ) (Davidson et al. 2018, equation 14): <c>[B, 1]</c>.</summary>
    public override TorchArray? Divergence(CodePrior prior)
    {
        if (prior is not SpherePrior)
            return null;
        double uniform = new PolarAngle(_size, 0).LogNormalizer;
        return PerRow(
            angle => uniform - angle.LogNormalizer - angle.Concentration * angle.MeanFall,
            angle => angle.Concentration * angle.FallVariance).unsqueeze(1);
    }

    /// <summary>
    /// What e1 is turned to μ by: a reflection in the plane between the two where they are far from each other, else
    /// one in the plane between e1 and -μ, and a turn about the origin. So it is never the plane of two directions
    /// that are nearly one, which rounding would decide (Householder 1958).
    /// </summary>
    private Tensor ToMean(Tensor z)
    {
        Tensor first = mean.narrow(1, 0, 1); // [B, 1]
        Tensor side = where(first.detach().IsAbove(0), ones_like(first), ones_like(first).neg());
        Tensor across = cat([first.Plus(side), mean.narrow(1, 1, _size - 1)], dim: 1); // μ ± e1, [B, Z]
        // |μ ± e1|² / 2 = 1 ± μ1
        Tensor share = (z * across).sum([-1], keepdim: true) / (first * side).Plus(1);
        return (share * across - z) * side;
    }

    /// <summary>cos θ and sin θ of standard normal numbers, through which gradients reach κ: <c>[..., B]</c>.</summary>
    private (Tensor Cosine, Tensor Sine) Angle(Tensor noise)
    {
        PolarAngle[] angles = Angles;
        double[] numbers = Numbers(noise.expand([.. noise.shape[..^1], angles.Length]));
        int count = numbers.Length;
        (double[] cosines, double[] sines, double[] slopes) = (new double[count], new double[count], new double[count]);
        InParts(count, i =>
        {
            (double angle, slopes[i]) = angles[i % angles.Length].Quantile(numbers[i]);
            (sines[i], cosines[i]) = Math.SinCos(angle);
        });
        long[] shape = [.. noise.shape[..^1], angles.Length];
        return (WithSlope(cosines, i => -sines[i] * slopes[i], shape),
            WithSlope(sines, i => cosines[i] * slopes[i], shape));
    }

    private Tensor PerRow(Func<PolarAngle, double> value, Func<PolarAngle, double> slope) =>
        WithSlope(Array.ConvertAll(Angles, angle => value(angle)), i => slope(Angles[i]), [Angles.Length]);

    /// <summary>Values that are functions of κ, with their slopes for the backward pass: <c>[..., B]</c>.</summary>
    private Tensor WithSlope(double[] values, Func<int, double> slope, long[] shape)
    {
        Tensor value = OnDevice(values);
        if (!concentration.requires_grad || !is_grad_enabled())
            return value;
        Tensor slopes = OnDevice([.. Enumerable.Range(0, values.Length).Select(slope)]);
        return value.Plus(slopes * (concentration - concentration.detach()));

        Tensor OnDevice(double[] numbers) =>
            tensor(numbers, shape, dtype: ScalarType.Float64, device: CPU).to(concentration.dtype)
                .to(concentration.device);
    }

    private PolarAngle[] AnglesOf()
    {
        double[] numbers = Numbers(concentration);
        var angles = new PolarAngle[numbers.Length];
        InParts(angles.Length, row => angles[row] = new PolarAngle(_size, numbers[row]));
        return angles;
    }

    private static double[] Numbers(Tensor values)
    {
        using IDisposable scope = NewDisposeScope();
        return values.detach().cpu().to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    /// <summary>Each of many pieces of work once, split among torch's threads.</summary>
    private static void InParts(int count, Action<int> work)
    {
        const int Size = 16;
        TorchThreads.Share((count + Size - 1) / Size, part =>
        {
            for (int i = part * Size; i < Math.Min(count, (part + 1) * Size); i++)
                work(i);
        });
    }
}
