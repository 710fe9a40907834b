using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Rows that a fit passes over without ever having all of them.</summary>
/// <param name="stream">Where they come from.</param>
/// <param name="survey">What is known about them; about those to learn from
/// <see cref="RowStreamSource.NeededForTraining"/> too.</param>
/// <param name="units">The conversion to the network's units.</param>
/// <param name="device">The device that they are trained on.</param>
internal sealed class StreamedRows(RowStream stream, RowSurvey survey, RowUnits units, Device device) : ITrainingRows
{
    public long Count => survey.Count;

    public IEnumerable<RowBatch> Shuffled(int batchSize, Generator random, int skip,
        CancellationToken cancellation = default) =>
        Prepared(stream.Shuffled(batchSize, Count, random, skip, cancellation), cancellation);

    public IEnumerable<RowBatch> InOrder(int batchSize, CancellationToken cancellation = default) =>
        Prepared(stream.InOrder(batchSize, Count, cancellation), cancellation);

    public Tensor SampleTargets()
    {
        Tensor sample = survey.Sample.ToTensor();
        units.ReconstructionScaler?.ApplyInPlace(sample);
        return sample.SendTo(device);
    }

    public float Largest() =>
        Math.Max(survey.Values.Range(units.Scaler).Largest, survey.Targets.Range(units.ReconstructionScaler).Largest);

    private IEnumerable<RowBatch> Prepared(IEnumerable<RowBatch> batches, CancellationToken cancellation)
    {
        foreach (RowBatch batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            RowBatch rows = units.Planar(batch);
            units.Scale(rows);
            yield return rows.SendTo(device);
        }
    }
}
