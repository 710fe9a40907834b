using System.Text.Json.Serialization;
using Ml.Autoencoders.Priors;
using static TorchSharp.torch;

namespace Ml.Autoencoders;

/// <summary>The distribution p(z) that codes are trained to have, and that new ones are drawn from.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "prior")]
[JsonDerivedType(typeof(NormalPrior), "normal")]
[JsonDerivedType(typeof(RingPrior), "ring")]
public abstract record CodePrior
{
    private protected CodePrior()
    {
    }

    /// <summary>The standard normal distribution, N(0, I).</summary>
    public static CodePrior Normal { get; } = new NormalPrior();

    /// <summary>
    /// A mixture of equally likely normal distributions whose means stand on a circle in the plane of the code's first two
    /// dimensions; the other dimensions are standard normal (after Makhzani et al. 2015, section 3).
    /// </summary>
    /// <param name="components">How many; at least 1.</param>
    /// <param name="radius">Of the circle; above 0.</param>
    /// <param name="standardDeviation">Of each component in the plane; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static CodePrior Ring(int components = 10, float radius = 4, float standardDeviation = 0.5f)
    {
        Require.AtLeast(components, 1, "CodePrior.Ring", nameof(components));
        Require.Above(radius, 0, "CodePrior.Ring", nameof(radius));
        Require.Above(standardDeviation, 0, "CodePrior.Ring", nameof(standardDeviation));
        return new RingPrior(components, radius, standardDeviation);
    }

    /// <summary>The least size of a code that can have this distribution.</summary>
    [JsonIgnore]
    internal abstract int LeastCodeSize { get; }

    /// <summary>Codes <c>[count, Z]</c> on the CPU.</summary>
    internal abstract Tensor Draw(long count, long codeSize, Generator random);
}
