using Microsoft.ML.Data;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Columns;

/// <summary>
/// The start of the random numbers of a row: the same for the same seed and row id, whichever rows it is
/// read with and however often.
/// </summary>
internal static class RowSeed
{
    /// <summary>A state of <see cref="SplitMix"/>.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="id">The row's id.</param>
    /// <param name="use">What is drawn, where that must not be what others draw from the same seed; null where it
    /// may.</param>
    public static ulong Of(int seed, DataViewRowId id, RandomUse? use = null)
    {
        ulong state = (uint)seed + ((ulong)use.GetValueOrDefault() << 32);
        state = SplitMix.Next(ref state) ^ id.Low;
        return SplitMix.Next(ref state) ^ id.High;
    }
}
