using System.Globalization;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Estimators;

/// <summary>The scores of rows that are held as tensors, and the threshold that they set.</summary>
internal static class AnomalyScores
{
    /// <summary>The share of itself by which a score that torch computes may come out greater another time.</summary>
    private const double Rounding = 1e-6;

    /// <summary>How many times the distance that was found between rows alone and with others.</summary>
    private const double Distances = 4;

    /// <summary>Rows that a thread scores at once.</summary>
    private const int PartRows = 48;

    /// <summary>The quantile of the rows' scores that leaves the share <paramref name="contamination"/> above it, and
    /// these scores. Where torch computes scores, and a row alone has other last bits than with others, both are raised
    /// by as much as these may differ: the least that leaves room for it.</summary>
    /// <param name="model">The trained model.</param>
    /// <param name="rows">In the network's units.</param>
    /// <param name="contamination">A share.</param>
    /// <param name="draws">See <see cref="Detection"/>.</param>
    /// <param name="seed">The seed that codes are drawn from.</param>
    /// <param name="cancellation">Checked between rows.</param>
    /// <exception cref="InvalidOperationException">So many scores are not finite that the quantile is not.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static Detection Detection(AutoencoderModel model, ITrainingRows rows, float contamination, int draws,
        int seed, CancellationToken cancellation)
    {
        CommonNoise? noise = model.IsManaged && draws > 0 ? CommonNoise.Of(draws, model.CodeSize, seed) : null;
        float[] Score(RowBatch batch) =>
            model.IsManaged
                ? OfNumbers(model.Managed, batch, noise)
                : new TorchPrediction(model, batch, noise: null, draws, seed).Anomaly.Tensor.ToNumbers();

        using IDisposable inference = inference_mode();
        HighestRows? highest = model.IsManaged ? null : new HighestRows();
        float[] scores = Of(rows, Batches.Measured(model.InputSize), Score, highest, cancellation);
        if (WindowScores.AreOfSeveral(model.Definition.WindowScore))
            scores = WindowScores.OfRows(scores, ((SeriesRows)rows).Starts(), model.Definition.Window!.Steps,
                model.Definition.WindowScore);
        Array.Sort(scores);
        double quantile = Quantile.OfSorted(scores, 1 - (double)contamination);
        var threshold = (float)quantile;
        if (highest is not null)
        {
            double distance = highest.Rounding(model, Score) * Distances;
            threshold = Raised(quantile, distance);
            // A row of the fit must count as at least as high as itself, too.
            foreach (ref float score in scores.AsSpan())
                score = Raised(score, distance);
        }
        if (float.IsFinite(threshold))
            return new Detection(threshold, contamination, draws) { Reference = ReferenceScores.Of(scores) };
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"The threshold would be {threshold}: of the {scores.Length:N0} rows that set it, more than the " +
            $"contamination of {contamination} have a score that is not a finite number. Usual cause: validation " +
            $"rows with numbers far beyond those of the training rows."));
    }

    /// <summary>The least float that is not below a score by as much as it may come out greater another
    /// time.</summary>
    private static float Raised(double score, double distance)
    {
        double number = score + Math.Abs(score) * Rounding + distance;
        var nearest = (float)number;
        return nearest < number ? MathF.BitIncrement(nearest) : nearest;
    }

    /// <summary>The scores of all rows, in their order.</summary>
    /// <param name="rows">In the network's units.</param>
    /// <param name="batchSize">How many to score at once.</param>
    /// <param name="score">Scores them. For a threshold as the detector will: a row that lies on it must not come to
    /// lie above it by rounding.</param>
    /// <param name="highest">Gets them, too, where that is needed.</param>
    /// <param name="cancellation">Checked between batches.</param>
    public static float[] Of(ITrainingRows rows, int batchSize, Func<RowBatch, float[]> score, HighestRows? highest,
        CancellationToken cancellation)
    {
        var scores = new float[rows.Count];
        int done = 0;
        foreach (RowBatch batch in rows.InOrder(batchSize, cancellation))
        {
            using var scope = NewDisposeScope();
            float[] part = score(batch);
            highest?.Add(batch, part);
            part.CopyTo(scores, done);
            done += part.Length;
        }
        return scores;
    }

    private static float[] OfNumbers(ManagedModel model, RowBatch batch, CommonNoise? noise)
    {
        var scores = new float[batch.Count];
        Tensor values = batch.Values.contiguous();
        long[] labels = batch.Labels?.data<long>().ToArray() ?? [];
        int size = (int)values.shape[1];
        TorchThreads.Share((scores.Length + PartRows - 1) / PartRows, part =>
        {
            int start = part * PartRows, count = Math.Min(PartRows, scores.Length - start);
            var own = new float[count];
            ReadOnlySpan<long> given = labels.Length == 0 ? [] : labels.AsSpan(start, count);
            model.Score(new BlockRows(values.Numbers, size).From(start), count, given,
                [new ManagedTarget(ManagedOutput.Anomaly, own)], new ManagedNoise(null, Common: noise),
                areScaled: true);
            own.CopyTo(scores.AsSpan(start));
        });
        return scores;
    }
}
