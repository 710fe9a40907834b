using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Scoring;

/// <summary>
/// Standard normal numbers that belong to a row: the same for the same seed and row id, whichever rows it is
/// read with and however often.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="ids">The ids of the rows of a batch.</param>
internal sealed class RowNoise(int seed, ReadOnlyMemory<DataViewRowId> ids) : INoise
{
    public void Fill(int row, int draw, Span<float> numbers) => Fill(numbers, seed, ids.Span[row], draw);

    /// <param name="numbers">Room for those of one draw.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="id">The row's id.</param>
    /// <param name="draw">Which of the row's draws, from 0 on.</param>
    public static void Fill(Span<float> numbers, int seed, DataViewRowId id, int draw = 0)
    {
        ulong state = NormalNumbers.After(draw, numbers.Length, RowSeed.Of(seed, id));
        NormalNumbers.Fill(numbers, ref state);
    }
}
