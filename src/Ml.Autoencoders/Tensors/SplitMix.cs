namespace Ml.Autoencoders.Tensors;

/// <summary>
/// The generator SplitMix64 (Steele et al. 2014, "Fast Splittable Pseudorandom Number Generators"):
/// nearby seeds give distant numbers.
/// </summary>
internal static class SplitMix
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>Advances the state, and gives 64 random bits.</summary>
    public static ulong Next(ref ulong state)
    {
        ulong value = state += Step;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>The state that <paramref name="count"/> numbers lead to.</summary>
    public static ulong After(ulong count, ulong state) => unchecked(state + count * Step);
}
