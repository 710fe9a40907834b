using System.Text.Json.Serialization;
using Ml.Autoencoders.Corruptions;
using static TorchSharp.torch;

namespace Ml.Autoencoders;

/// <summary>
/// What the encoder sees in training instead of the row that it has to reconstruct (Vincent et al. 2010, "Stacked
/// Denoising Autoencoders", section 3.3).
/// </summary>
/// <remarks>
/// Drawn afresh for every batch; never applied when the trained transformer encodes. Amounts are in the units that the
/// network sees: those of the input column, or of the scaled input where an input scaling is set.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "corruption")]
[JsonDerivedType(typeof(NoCorruption), "none")]
[JsonDerivedType(typeof(GaussianNoise), "gaussian")]
[JsonDerivedType(typeof(MaskingNoise), "masking")]
[JsonDerivedType(typeof(SaltAndPepperNoise), "saltAndPepper")]
public abstract record Corruption
{
    private protected Corruption()
    {
    }

    /// <summary>The row as it is.</summary>
    public static Corruption None { get; } = new NoCorruption();

    /// <summary>Adds normal noise to every slot: x + N(mean, standardDeviation²).</summary>
    /// <param name="standardDeviation">At least 0.</param>
    /// <param name="mean">Any finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static Corruption Gaussian(float standardDeviation, float mean = 0)
    {
        Require.AtLeast(standardDeviation, 0, "Corruption.Gaussian", nameof(standardDeviation));
        Require.Finite(mean, "Corruption.Gaussian", nameof(mean));
        return new GaussianNoise(standardDeviation, mean);
    }

    /// <summary>Sets each slot to 0 with a probability.</summary>
    /// <param name="probability">Between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static Corruption Masking(float probability)
    {
        Require.InRange(probability, 0, 1, "Corruption.Masking", nameof(probability));
        return new MaskingNoise(probability);
    }

    /// <summary>Sets each slot, with a probability, to <paramref name="pepper"/> or to <paramref name="salt"/>, both as
    /// likely as the other.</summary>
    /// <param name="probability">Between 0 and 1.</param>
    /// <param name="pepper">The lowest value of a slot.</param>
    /// <param name="salt">The highest value of a slot; at least <paramref name="pepper"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static Corruption SaltAndPepper(float probability, float pepper = 0, float salt = 1)
    {
        Require.InRange(probability, 0, 1, "Corruption.SaltAndPepper", nameof(probability));
        Require.Finite(pepper, "Corruption.SaltAndPepper", nameof(pepper));
        Require.AtLeast(salt, pepper, "Corruption.SaltAndPepper", nameof(salt));
        return new SaltAndPepperNoise(probability, pepper, salt);
    }

    /// <summary>A corrupted copy of <paramref name="rows"/>, <c>[B, D]</c>, which stays as it is.</summary>
    internal abstract Tensor Apply(Tensor rows, Generator random);
}
