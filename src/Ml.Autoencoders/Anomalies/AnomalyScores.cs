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
    /// <exception cref="InvalidOperationException">So many scores are beyond all numbers that the quantile is.</exception>
    public static float Threshold(AutoencoderModel model, RowBatch rows, float contamination, int draws, int seed)
    {
        var threshold = (float)Quantile.Of(Of(model, rows, draws, seed), 1 - (double)contamination);
        if (float.IsFinite(threshold))
            return threshold;
        throw new InvalidOperationException(FormattableString.Invariant(
            $"The threshold would be {threshold}: of the {rows.Count:N0} rows that set it, more than the contamination of {contamination} have a score that is no finite number. Usual cause: validation rows with numbers far beyond those of the training rows."));
    }

    /// <summary>Computed as the detector will: a row that lies on the threshold must not come to lie above it by rounding.</summary>
    private static float[] Of(AutoencoderModel model, RowBatch rows, int draws, int seed) =>
        draws == 0 && model.IsDense ? OfNumbers(model.Dense, rows) : OfTensors(model, rows, draws, seed);

    private static float[] OfNumbers(DenseModel model, RowBatch rows)
    {
        var scores = new float[rows.Count];
        foreach ((long start, long size) in Batches.Of(rows.Count, Batches.Measured))
        {
            using var scope = NewDisposeScope();
            RowBatch batch = rows.Narrow(start, size);
            var part = new float[size];
            model.Score(new BlockRows(batch.Values.contiguous().Numbers, (int)batch.Values.shape[1]), (int)size,
                batch.Labels is { } labels ? labels.data<long>().ToArray() : [], [new DenseTarget(DenseOutput.Anomaly, part)], areScaled: true);
            part.CopyTo(scores.AsSpan((int)start));
        }
        return scores;
    }

    private static float[] OfTensors(AutoencoderModel model, RowBatch rows, int draws, int seed)
    {
        using IDisposable inference = inference_mode();
        var scores = new float[rows.Count];
        foreach ((long start, long size) in Batches.Of(rows.Count, Batches.Measured))
        {
            using var scope = NewDisposeScope();
            new Scores(model, rows.Narrow(start, size), noise: null, draws, seed).Anomaly.cpu().data<float>().CopyTo(scores.AsSpan((int)start, (int)size));
        }
        return scores;
    }
}
