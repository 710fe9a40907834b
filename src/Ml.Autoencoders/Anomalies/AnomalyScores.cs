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
    public static float Threshold(AutoencoderModel model, RowBatch rows, float contamination, int draws, int seed) =>
        (float)Quantile.Of(Of(model, rows, draws, seed), 1 - (double)contamination);

    private static float[] Of(AutoencoderModel model, RowBatch rows, int draws, int seed)
    {
        using IDisposable inference = inference_mode();
        var scores = new float[rows.Count];
        foreach ((long start, long size) in Batches.Of(rows.Count, Batches.Measured))
        {
            using var scope = NewDisposeScope();
            new Scores(model, rows.Narrow(start, size)).Anomaly(draws, seed).cpu().data<float>().CopyTo(scores.AsSpan((int)start, (int)size));
        }
        return scores;
    }
}
