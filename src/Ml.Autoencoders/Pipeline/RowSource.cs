using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Pipeline;

/// <summary>Rows on their way into a fit: read, planar, not scaled yet.</summary>
internal abstract class RowSource
{
    private const long SurveyedNumbers = 1 << 20;

    /// <summary>Of a row.</summary>
    protected abstract RowLayout Layout { get; }

    /// <summary>What has to be known of them before anything can be done with them.</summary>
    protected virtual RowWishes OwnWishes => RowWishes.None;

    /// <summary>One pass over the rows; no pass where they are at hand and nothing is asked for.</summary>
    public RowSurvey Survey(RowWishes wishes)
    {
        var survey = new RowSurvey(Layout, wishes | OwnWishes);
        try
        {
            foreach (RowBatch rows in InOrder((int)Math.Max(1, SurveyedNumbers / Layout.Width)))
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

    protected abstract IEnumerable<RowBatch> InOrder(int batchSize);
}
