using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Estimators;

/// <summary>Estimates the numbers that a score is computed with (<see cref="ScoreNumbers"/>) from the training rows of
/// a model that is trained, and puts them into it.</summary>
/// <param name="model">The model.</param>
/// <param name="rows">In the network's units.</param>
/// <param name="cancellation">Checked between batches.</param>
internal sealed class ScoreEstimate(AutoencoderModel model, ITrainingRows rows, CancellationToken cancellation)
{
    /// <summary>Times that the rows with the highest scores are left out, and the rest estimated from.</summary>
    private const int Rounds = 3;

    private readonly AnomalyScoreKind _kind = model.Definition.Score;
    private readonly int _batchSize = Batches.Measured(model.InputSize);

    /// <summary>Estimates what the model's kind of score needs, if it needs anything.</summary>
    /// <param name="trimmed">The share of the rows, those with the highest scores, to leave out.</param>
    /// <exception cref="InvalidOperationException">The codes of the rows are not finite.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public void Run(float trimmed)
    {
        if (!_kind.HaveCode())
            return;
        using IDisposable inference = inference_mode();
        Estimate(scores: null, most: 0);
        for (int round = 0; trimmed > 0 && round < Rounds; round++)
        {
            float[] scores = AnomalyScores.Of(rows, _batchSize,
                batch => new TorchPrediction(model, batch).Anomaly.Tensor.ToNumbers(), highest: null, cancellation);
            Estimate(scores, MostOf(scores, trimmed));
        }
    }

    /// <summary>The greatest score that is kept: of at least one row.</summary>
    private static float MostOf(float[] scores, float trimmed)
    {
        float[] sorted = [.. scores];
        Array.Sort(sorted);
        var kept = (int)Math.Ceiling(sorted.Length * (1 - (double)trimmed));
        return sorted[Math.Max(kept, 1) - 1];
    }

    /// <summary>In one pass, from rows with scores up to one; from all where there are no scores.</summary>
    private void Estimate(float[]? scores, float most)
    {
        var codes = new RunningMoments(model.CodeSize);
        bool withGaps = model.Definition.Network.MarksGaps;
        using var slots = new SlotStatistics(withMoments: true, withGaps);
        using var errors = new SlotStatistics(withMoments: true, withGaps);
        long start = 0;
        foreach (RowBatch batch in rows.InOrder(_batchSize, cancellation))
        {
            using var scope = NewDisposeScope();
            if (Kept(batch, scores, start, most) is { } kept)
            {
                var prediction = new TorchPrediction(model, kept);
                codes.Add(prediction.Code);
                if (_kind.HaveSlots())
                {
                    slots.Add(kept.Values);
                    Tensor found = prediction.SlotErrors;
                    errors.Add(withGaps ? found.Masked(kept.Values.isnan(), double.NaN) : found);
                }
            }
            start += batch.Count;
        }
        using var whole = NewDisposeScope();
        var distance = CodeDistance.From(codes.Moments);
        Put(ScoreNumbers.CodeWeight, distance.Weight);
        Put(ScoreNumbers.CodeBias, distance.Bias);
        if (_kind.HaveSlots())
            Put(ScoreNumbers.SlotWeights, SlotWeights.From(Doubles(errors.Mean), Doubles(slots.Mean),
                Doubles(slots.Deviation())));
    }

    /// <summary>Null where none is.</summary>
    private static RowBatch? Kept(RowBatch batch, float[]? scores, long start, float most)
    {
        if (scores is null)
            return batch;
        long[] kept = [.. Enumerable.Range(0, (int)batch.Count).Where(row => scores[start + row] <= most)
            .Select(row => (long)row)];
        return kept.Length == 0 ? null : batch.Select(tensor(kept, device: batch.Values.device));
    }

    private static double[] Doubles(Tensor numbers) => numbers.cpu().data<double>().ToArray();

    private void Put(string name, float[] numbers) =>
        model.Weights[name].copy_(tensor(numbers, model.Weights[name].shape, device: CPU));
}
