using Ml.Autoencoders.Dense;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Anomalies;

/// <summary>The scores of rows that are at hand as tensors, and the threshold that they set.</summary>
internal static class AnomalyScores
{
    /// <summary>The quantile of the rows' scores that leaves the share <paramref name="contamination"/> above it.</summary>
    /// <param name="model">The trained model.</param>
    /// <param name="rows">In the network's units.</param>
    /// <param name="contamination">A share.</param>
    /// <param name="draws">See <see cref="Detection"/>.</param>
    /// <param name="seed">What codes are drawn from.</param>
    /// <param name="cancellation">Looked at between rows.</param>
    /// <exception cref="InvalidOperationException">So many scores are beyond all numbers that the quantile is.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static float Threshold(AutoencoderModel model, ITrainingRows rows, float contamination, int draws, int seed, CancellationToken cancellation)
    {
        var threshold = (float)Quantile.Of(Of(model, rows, draws, seed, cancellation), 1 - (double)contamination);
        if (float.IsFinite(threshold))
            return threshold;
        throw new InvalidOperationException(FormattableString.Invariant(
            $"The threshold would be {threshold}: of the {rows.Count:N0} rows that set it, more than the contamination of {contamination} have a score that is no finite number. Usual cause: validation rows with numbers far beyond those of the training rows."));
    }

    /// <summary>Computed as the detector will: a row that lies on the threshold must not come to lie above it by rounding.</summary>
    private static float[] Of(AutoencoderModel model, ITrainingRows rows, int draws, int seed, CancellationToken cancellation)
    {
        using IDisposable inference = inference_mode();
        bool isDense = draws == 0 && model.IsDense;
        var scores = new float[rows.Count];
        int done = 0;
        foreach (RowBatch batch in rows.InOrder(Batches.Measured(model.InputSize), cancellation))
        {
            using var scope = NewDisposeScope();
            float[] part = isDense ? OfNumbers(model.Dense, batch) : new Scores(model, batch, noise: null, draws, seed).Anomaly.ToNumbers();
            part.CopyTo(scores, done);
            done += part.Length;
        }
        return scores;
    }

    private static float[] OfNumbers(DenseModel model, RowBatch batch)
    {
        var scores = new float[batch.Count];
        model.Score(new BlockRows(batch.Values.contiguous().Numbers, (int)batch.Values.shape[1]), scores.Length,
            batch.Labels is { } labels ? labels.data<long>().ToArray() : [], [new DenseTarget(DenseOutput.Anomaly, scores)], areScaled: true);
        return scores;
    }
}
