using System.Text.Json.Serialization;
using Ml.Autoencoders.Codes;
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
    /// <param name="components">How many; at least 1, at most 10,000.</param>
    /// <param name="radius">Of the circle; above 0.</param>
    /// <param name="standardDeviation">Of each component in the plane; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static CodePrior Ring(int components = 10, float radius = 4, float standardDeviation = 0.5f)
    {
        var ring = new RingPrior(components, radius, standardDeviation);
        ring.Check(Place.Call($"{nameof(CodePrior)}.{nameof(Ring)}"));
        return ring;
    }

    /// <summary>The least size of a code that can have this distribution.</summary>
    [JsonIgnore]
    internal abstract int LeastCodeSize { get; }

    /// <summary>Whether its numbers can be.</summary>
    /// <exception cref="ArgumentException">One cannot, and is given by a caller.</exception>
    /// <exception cref="FormatException">One cannot, and stands in a file.</exception>
    internal virtual void Check(Place place)
    {
    }

    /// <summary>Codes <c>[count, Z]</c> on the CPU, for training.</summary>
    internal abstract Tensor Draw(long count, long codeSize, Generator random);

    /// <summary>One code in managed memory.</summary>
    /// <param name="code">Room for it, Z.</param>
    /// <param name="state">Of <see cref="Tensors.SplitMix"/>; a code of its own for each.</param>
    internal abstract void Draw(Span<float> code, ulong state);
}
