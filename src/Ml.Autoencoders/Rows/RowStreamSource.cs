using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Rows that are read again in every pass.</summary>
/// <param name="stream">Where they come from.</param>
/// <param name="images">The formats of their pictures.</param>
internal sealed class RowStreamSource(RowStream stream, RowUnits images) : RowSource
{
    public override RowFacts NeededForTraining => RowFacts.Range | RowFacts.Sample;

    public override RowFacts NeededForMeasuring => RowFacts.Range;

    protected override RowLayout Layout => stream.Layout;

    public override ITrainingRows Ready(RowUnits units, RowSurvey survey, Device device) =>
        new StreamedRows(stream, survey, units, device);

    protected override IEnumerable<RowBatch> InOrder(int batchSize, CancellationToken cancellation)
    {
        foreach (RowBatch rows in stream.InOrder(batchSize, cancellation: cancellation))
        {
            using DisposeScope scope = NewDisposeScope();
            yield return images.Planar(rows);
        }
    }
}
