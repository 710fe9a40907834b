using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Rows on their way into a fit: read, planar, not scaled yet.</summary>
internal abstract class RowSource
{
    private const long SurveyedBytes = 4 << 20;

    /// <summary>Of a row.</summary>
    protected abstract RowLayout Layout { get; }

    /// <summary>What has to be known about rows before they can be learned from.</summary>
    public abstract RowFacts NeededForTraining { get; }

    /// <summary>What has to be known about rows that are only measured on.</summary>
    public abstract RowFacts NeededForMeasuring { get; }

    /// <summary>One pass over the rows.</summary>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public RowSurvey Survey(RowFacts facts, CancellationToken cancellation)
    {
        var survey = new RowSurvey(Layout, facts);
        try
        {
            foreach (RowBatch rows in InOrder((int)Math.Max(1, SurveyedBytes / Layout.Bytes), cancellation))
                survey.Add(rows);
            return survey;
        }
        catch
        {
            survey.Dispose();
            throw;
        }
    }

    /// <summary>The rows, in the network's units, on a device.</summary>
    public abstract ITrainingRows Ready(RowUnits units, RowSurvey survey, Device device);

    protected abstract IEnumerable<RowBatch> InOrder(int batchSize, CancellationToken cancellation);
}
