using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Cuts a table of rows in two without a second copy of all of it.</summary>
internal static class RowSplit
{
    /// <summary>Rows that are moved at once.</summary>
    private const long Together = 1024;

    /// <summary>
    /// The first <paramref name="count"/> rows of an order, copied; and the others, moved together in the memory of the
    /// table, which is theirs from now on.
    /// </summary>
    /// <param name="table">Rows in main memory that nobody else reads.</param>
    /// <param name="order">The indices of those to keep, each once.</param>
    /// <param name="count">How many to take out.</param>
    public static (RowBatch Taken, RowBatch Left) TakeOut(RowBatch table, Tensor order, long count)
    {
        using Tensor first = order.narrow(0, 0, count);
        using Tensor others = order.narrow(0, count, order.shape[0] - count);
        (Tensor left, Tensor places) = others.sort();
        using (left)
        using (places)
            return (table.Select(first), table.Map(rows => Keep(rows, left)));
    }

    /// <summary>No row moves down, so none is written over before it was read.</summary>
    private static Tensor Keep(Tensor rows, Tensor ascending)
    {
        long count = ascending.shape[0];
        for (long start = 0; start < count; start += Together)
        {
            using DisposeScope scope = NewDisposeScope();
            long size = Math.Min(Together, count - start);
            rows.narrow(0, start, size).copy_(rows.index_select(0, ascending.narrow(0, start, size)));
        }
        return rows.narrow(0, 0, count);
    }
}
