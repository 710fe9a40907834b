using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Windows whose series are in memory.</summary>
internal sealed class SeriesSource(SeriesTable table) : RowSource
{
    public override RowFacts NeededForTraining => RowFacts.Range;

    public override RowFacts NeededForMeasuring => RowFacts.Range;

    protected override RowLayout Layout => new(table.Width, null, table.Labels is not null);

    public override ITrainingRows Ready(RowUnits units, RowSurvey survey, Device device) =>
        new SeriesRows(table, survey, units, device);

    protected override IEnumerable<RowBatch> InOrder(int batchSize, CancellationToken cancellation)
    {
        foreach ((long start, long size) in Batches.Of(table.Count, batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            yield return table.Narrow(start, size);
        }
    }
}
