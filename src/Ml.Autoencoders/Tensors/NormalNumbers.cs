namespace Ml.Autoencoders.Tensors;

/// <summary>Standard normal numbers in managed memory, one after the other: fewer are the first of more.</summary>
internal static class NormalNumbers
{
    private const double TwoTo53 = 1L << 53;

    /// <param name="numbers">Room for them.</param>
    /// <param name="state">Of <see cref="SplitMix"/>; it is advanced by as many steps as there are numbers, made
    /// even.</param>
    public static void Fill(Span<float> numbers, ref ulong state)
    {
        for (int i = 0; i < numbers.Length; i += 2)
        {
            // Box and Muller 1958: two uniform numbers, the first above 0, make two normal ones.
            double radius = Math.Sqrt(-2 * Math.Log(((SplitMix.Next(ref state) >> 11) + 1) / TwoTo53));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * Uniform(ref state));
            numbers[i] = (float)(radius * cos);
            if (i + 1 < numbers.Length)
                numbers[i + 1] = (float)(radius * sin);
        }
    }

    /// <summary>The state after a number of fills of <paramref name="size"/> numbers each.</summary>
    public static ulong After(int fills, int size, ulong state) =>
        SplitMix.After((ulong)fills * (((ulong)size + 1) & ~1UL), state);

    /// <summary>A number from 0 on, below 1.</summary>
    public static double Uniform(ref ulong state) => (SplitMix.Next(ref state) >> 11) / TwoTo53;
}
