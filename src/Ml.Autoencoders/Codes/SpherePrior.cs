using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>Every direction is as likely as any other: the uniform distribution on the unit sphere in R^Z.</summary>
internal sealed class SpherePrior : CodePrior
{
    /// <summary>The fewest numbers of a code that has directions between its ends.</summary>
    public const int MinSize = 2;

    internal override string? Misfit(int codeSize) =>
        codeSize < MinSize ? $"needs codes of at least {MinSize} numbers" : null;

    internal override CodeSpace Space => CodeSpace.Sphere;

    /// <summary>ln of the area of the unit sphere in R^n, 2 π^(n/2) / Γ(n/2).</summary>
    public static double LogArea(long numbers)
    {
        using Tensor half = tensor(numbers / 2.0, dtype: ScalarType.Float64, device: CPU);
        using Tensor logGamma = half.lgamma();
        return Math.Log(2) + numbers / 2.0 * Math.Log(Math.PI) - logGamma.item<double>();
    }

    /// <summary>The direction of a standard normal code, which is uniform (Muller 1959, "A Note on a Method for
    /// Generating Points Uniformly on N-Dimensional Spheres").</summary>
    internal override Tensor Draw(long count, int codeSize, Generator random)
    {
        Tensor codes = Normal.Draw(count, codeSize, random);
        Span<float> numbers = codes.Numbers;
        for (int start = 0; start < numbers.Length; start += codeSize)
            HypersphericalBottleneck.Normalize(numbers.Slice(start, codeSize));
        return codes;
    }

    internal override void Draw(Span<float> noise, ulong state)
    {
        NormalNumbers.Fill(noise, ref state);
        HypersphericalBottleneck.Normalize(noise);
    }

    /// <summary>With respect to area: -ln of that of the sphere, everywhere on it.</summary>
    internal override Func<Tensor, Tensor> Density(BoundPrior own) =>
        z => zeros_like(z.select(-1, 0)).FillInPlace(-LogArea(z.shape[^1]));

    private protected override IReadOnlyList<object?> Values => [];
}
