using Microsoft.ML.Data;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Columns;

/// <summary>What chance that belongs to a row begins with: the same for the same seed and row id, whichever rows it is read with and however
/// often.</summary>
internal static class RowSeed
{
    /// <summary>A state of <see cref="SplitMix"/>.</summary>
    public static ulong Of(int seed, DataViewRowId id)
    {
        ulong state = (uint)seed;
        state = SplitMix.Next(ref state) ^ id.Low;
        return SplitMix.Next(ref state) ^ id.High;
    }
}
