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
    public static float Threshold(AutoencoderModel model, ITrainingRows rows, float contamination, int draws, int seed)
    {
        var threshold = (float)Quantile.Of(Of(model, rows, draws, seed), 1 - (double)contamination);
        if (float.IsFinite(threshold))
            return threshold;
        throw new InvalidOperationException(FormattableString.Invariant(
            $"The threshold would be {threshold}: of the {rows.Count:N0} rows that set it, more than the contamination of {contamination} have a score that is no finite number. Usual cause: validation rows with numbers far beyond those of the training rows."));
    }

    /// <summary>Computed as the detector will: a row that lies on the threshold must not come to lie above it by rounding.</summary>
    private static float[] Of(AutoencoderModel model, ITrainingRows rows, int draws, int seed) =>
        draws == 0 && model.IsDense ? OfNumbers(model.Dense, rows) : OfTensors(model, rows, draws, seed);

    private static float[] OfNumbers(DenseModel model, ITrainingRows rows)
    {
        var scores = new List<float>();
        foreach (RowBatch batch in rows.InOrder(Batches.Measured))
        {
            using var scope = NewDisposeScope();
            var part = new float[batch.Count];
            model.Score(new BlockRows(batch.Values.contiguous().Numbers, (int)batch.Values.shape[1]), part.Length,
                batch.Labels is { } labels ? labels.data<long>().ToArray() : [], [new DenseTarget(DenseOutput.Anomaly, part)], areScaled: true);
            scores.AddRange(part);
        }
        return [.. scores];
    }

    private static float[] OfTensors(AutoencoderModel model, ITrainingRows rows, int draws, int seed)
    {
        using IDisposable inference = inference_mode();
        var scores = new List<float>();
        foreach (RowBatch batch in rows.InOrder(Batches.Measured))
        {
            using var scope = NewDisposeScope();
            scores.AddRange(new Scores(model, batch, noise: null, draws, seed).Anomaly.ToNumbers());
        }
        return [.. scores];
    }
}
