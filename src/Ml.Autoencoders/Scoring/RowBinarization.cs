using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Scoring;

/// <summary>Zeros and ones that belong to a row: the same for the same seed and row id, whichever rows it is read with
/// and however often.</summary>
internal static class RowBinarization
{
    /// <summary>Makes each slot 1 with its value as probability, otherwise 0, in place. Values that are not between 0
    /// and 1, and those that are already 0 or 1, stay.</summary>
    public static void Draw(Span<float> slots, int seed, DataViewRowId id)
    {
        ulong state = RowSeed.Of(seed, id, RandomUse.FixedBinarization);
        foreach (ref float slot in slots)
        {
            double drawn = NormalNumbers.Uniform(ref state);
            if (slot is > 0 and < 1)
                slot = drawn < slot ? 1 : 0;
        }
    }
}
