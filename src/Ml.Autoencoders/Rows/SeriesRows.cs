using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Windows that are gathered from their series batch by batch.</summary>
/// <param name="table">The windows, as their column has them.</param>
/// <param name="survey">What is known about them.</param>
/// <param name="units">The conversion to the network's units.</param>
/// <param name="device">The device that they are trained on. The series stay in main memory.</param>
internal sealed class SeriesRows(SeriesTable table, RowSurvey survey, RowUnits units, Device device) : ITrainingRows
{
    public long Count => table.Count;

    /// <summary>Where each window starts in the rows of all series.</summary>
    public long[] Starts() => table.Starts.data<long>().ToArray();

    public IEnumerable<RowBatch> Shuffled(int batchSize, Generator random, int skip,
        CancellationToken cancellation = default)
    {
        using Tensor order = Draws.Permutation(Count, CPU, random);
        foreach ((long start, long size) in Batches.Of(Count, batchSize).Skip(skip))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            yield return Prepared(table.Select(order.narrow(0, start, size)));
        }
    }

    public IEnumerable<RowBatch> InOrder(int batchSize, CancellationToken cancellation = default)
    {
        foreach ((long start, long size) in Batches.Of(Count, batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            yield return Prepared(table.Narrow(start, size));
        }
    }

    public Tensor SampleTargets()
    {
        long step = Math.Max(1, Count / RowSample.MaxRows(table.Width));
        long[] rows = [.. Enumerable.Range(0, (int)((Count + step - 1) / step)).Select(i => i * step)];
        using Tensor sampled = tensor(rows, dtype: ScalarType.Int64, device: CPU);
        return Prepared(table.Select(sampled)).Values;
    }

    public float Largest() => survey.Values.Range(units.Scaler).Largest;

    private RowBatch Prepared(RowBatch rows)
    {
        units.Scale(rows);
        return rows.SendTo(device);
    }
}
