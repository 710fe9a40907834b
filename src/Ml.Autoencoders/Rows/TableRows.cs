using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Rows that are all in memory.</summary>
internal sealed class TableRows(RowBatch table) : ITrainingRows
{
    public long Count => table.Count;

    public IEnumerable<RowBatch> Shuffled(int batchSize, Generator random, int skip,
        CancellationToken cancellation = default)
    {
        using Tensor order = Draws.Permutation(Count, table.Values.device, random);
        foreach ((long start, long size) in Batches.Of(Count, batchSize).Skip(skip))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            yield return table.Select(order.narrow(0, start, size));
        }
    }

    public IEnumerable<RowBatch> InOrder(int batchSize, CancellationToken cancellation = default)
    {
        foreach ((long start, long size) in Batches.Of(Count, batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            yield return table.Narrow(start, size);
        }
    }

    public Tensor SampleTargets()
    {
        long step = Math.Max(1, Count / RowSample.MaxRows(table.Target.shape[1]));
        return table.Target.slice(0, 0, Count, step);
    }

    public float Largest()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return Math.Max(Largest(table.Values), Largest(table.Target));
    }

    private static float Largest(Tensor rows)
    {
        float largest = rows.abs().max().item<float>();
        return float.IsNaN(largest) ? rows.Masked(rows.isnan(), 0).abs().max().item<float>() : largest;
    }
}
