using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Rows that are in memory.</summary>
/// <param name="table">Nobody else reads it.</param>
internal sealed class RowTableSource(RowBatch table) : RowSource
{
    public override RowFacts NeededForTraining => RowFacts.None;

    public override RowFacts NeededForMeasuring => RowFacts.None;

    protected override RowLayout Layout =>
        new((int)table.Values.shape[1], (int?)table.Targets?.shape[1], table.Labels is not null);

    public override ITrainingRows Ready(RowUnits units, RowSurvey survey, Device device)
    {
        units.Scale(table);
        if (device.type == TorchSharp.DeviceType.CPU)
            return new TableRows(table);
        // Rows in a GPU's memory need not stay in main memory too.
        using (table.Values)
        using (table.Targets)
            return new TableRows(table.To(device));
    }

    protected override IEnumerable<RowBatch> InOrder(int batchSize, CancellationToken cancellation) =>
        new TableRows(table).InOrder(batchSize, cancellation);
}
