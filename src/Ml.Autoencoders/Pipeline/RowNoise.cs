using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Pipeline;

/// <summary>
/// Standard normal numbers that belong to a row: the same for the same seed and row id, whichever rows it is read with and
/// however often.
/// </summary>
internal static class RowNoise
{
    private const double TwoTo53 = 1L << 53;

    public static void Fill(Span<float> numbers, int seed, DataViewRowId id)
    {
        ulong state = RowSeed.Of(seed, id);
        for (int i = 0; i < numbers.Length; i += 2)
        {
            // Box and Muller 1958: two uniform numbers, the first above 0, make two normal ones.
            double radius = Math.Sqrt(-2 * Math.Log(((SplitMix.Next(ref state) >> 11) + 1) / TwoTo53));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * ((SplitMix.Next(ref state) >> 11) / TwoTo53));
            numbers[i] = (float)(radius * cos);
            if (i + 1 < numbers.Length)
                numbers[i + 1] = (float)(radius * sin);
        }
    }
}
