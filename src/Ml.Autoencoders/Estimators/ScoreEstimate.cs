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
        using IDisposable inference = inference_mode();
        if (model.Definition.GivesReasons)
            EstimateReasons();
        if (!_kind.HaveCode())
            return;
        Estimate(most: null);
        for (int round = 0; trimmed > 0 && round < Rounds; round++)
        {
            float[] scores = AnomalyScores.Of(rows, _batchSize,
                batch => ScoresOf(new TorchPrediction(model, batch)), highest: null, cancellation);
            Estimate(MostOf(scores, trimmed));
        }
    }

    private static float[] ScoresOf(TorchPrediction prediction) => prediction.Anomaly.Tensor.ToNumbers();

    /// <summary>The greatest score that is kept: of at least one row.</summary>
    private static float MostOf(float[] scores, float trimmed)
    {
        Array.Sort(scores);
        var kept = (int)Math.Ceiling(scores.Length * (1 - (double)trimmed));
        return scores[Math.Max(kept, 1) - 1];
    }

    /// <summary>In one pass, from rows with scores up to one; from all where there is none. A pass may have the rows in
    /// another order than the one before, so that each is scored again, and not found by its place.</summary>
    private void Estimate(float? most)
    {
        var codes = new RunningMoments(model.CodeSize);
        bool withGaps = model.Definition.Network.MarksGaps;
        using var slots = new SlotStatistics(withMoments: true, withGaps);
        using var errors = new SlotStatistics(withMoments: true, withGaps);
        foreach (RowBatch batch in rows.InOrder(_batchSize, cancellation))
        {
            using var scope = NewDisposeScope();
            var prediction = new TorchPrediction(model, batch);
            Tensor? kept = most is { } highest ? RowsUpTo(highest, prediction, batch.Values.device) : null;
            if (kept?.shape[0] == 0)
                continue;
            codes.Add(Kept(prediction.Code));
            if (!_kind.HaveSlots())
                continue;
            (Tensor values, Tensor found) = (Kept(batch.Values), Kept(prediction.SlotErrors));
            slots.Add(values);
            errors.Add(withGaps ? found.Masked(values.isnan(), double.NaN) : found);

            Tensor Kept(Tensor numbers) => kept is null ? numbers : numbers.index_select(0, kept);
        }
        // Other last bits in another order may leave out the only row that was to be kept.
        if (codes.Count == 0)
            return;
        using var whole = NewDisposeScope();
        var distance = CodeDistance.From(codes.Moments);
        Put(ScoreNumbers.CodeWeight, distance.Weight);
        Put(ScoreNumbers.CodeBias, distance.Bias);
        if (_kind.HaveSlots())
            Put(ScoreNumbers.SlotWeights, SlotWeights.From(Doubles(errors.Mean), Doubles(slots.Mean),
                Doubles(slots.Deviation()), Doubles(slots.Counts), model.Definition.Objective.Likelihood));
    }

    /// <summary>
    /// How large the errors of hidden columns are on average. A number counts in relation to that; a category has a
    /// probability, which is compared with those of the rows.
    /// </summary>
    private void EstimateReasons()
    {
        SlotColumns columns = model.Definition.Table;
        int count = columns.Count;
        var sums = new double[count];
        using var slots = new SlotStatistics(withMoments: true, withGaps: true);
        foreach (RowBatch batch in rows.InOrder(_batchSize, cancellation))
        {
            using var scope = NewDisposeScope();
            slots.Add(batch.Values);
            var prediction = new TorchPrediction(model, batch);
            for (int column = 0; column < count; column++)
                sums[column] += prediction.ErrorsOfHidden(columns, column, 1).Tensor.sum().item<float>();
        }
        using var whole = NewDisposeScope();
        (double[] counts, double[] deviations) = (Doubles(slots.Counts), Doubles(slots.Deviation()));
        (float[] scale, float[] offset) = (new float[count], new float[count]);
        // An error of a category is -2 σ² ln p.
        float variance = model.Definition.Objective.Likelihood is MixedLikelihood mixed ? mixed.Variance : 1;
        for (int column = 0; column < count; column++)
        {
            int slot = columns.All[column].First;
            double mean = sums[column] / Math.Max(counts[slot], 1);
            bool isNumber = columns.AreNumbers[slot] == 1;
            (scale[column], offset[column]) = isNumber
                ? ((float)(1 / SlotWeights.AtLeast(mean, deviations[slot])), -1f)
                : (1 / variance, (float)(-mean / variance));
        }
        Put(ScoreNumbers.ReasonScale, scale);
        Put(ScoreNumbers.ReasonOffset, offset);
    }

    /// <summary>The places of the rows with scores up to one.</summary>
    private static Tensor RowsUpTo(float most, TorchPrediction prediction, Device device)
    {
        float[] scores = ScoresOf(prediction);
        return tensor([.. Enumerable.Range(0, scores.Length).Where(row => scores[row] <= most)
            .Select(row => (long)row)], dtype: ScalarType.Int64, device: device);
    }

    private static double[] Doubles(Tensor numbers) => numbers.cpu().data<double>().ToArray();

    private void Put(string name, float[] numbers) =>
        model.Weights[name].copy_(tensor(numbers, model.Weights[name].shape, device: CPU));
}
