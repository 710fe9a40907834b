using System.Diagnostics;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>The training loop. There is one, for every family: what differs is the model's objective.</summary>
internal sealed class Trainer : IDisposable
{
    private readonly AutoencoderModel _model;
    private readonly TrainingOptions _options;
    private readonly Action<TrainingEpoch> _report;
    private readonly Action _checkAlive;
    private readonly RandomStreams _random;
    private readonly Generator _order;
    private readonly Generator _corruption;
    private readonly Generator _layers;
    private readonly Generator _noise;
    private readonly IReadOnlyList<(ObjectiveStep Step, WeightUpdate Update)> _steps;
    private double _learningRate;
    private int _batch;
    private bool _isPhasingIn;

    /// <param name="model">Trained in place.</param>
    /// <param name="options">Checked already.</param>
    /// <param name="random">Where all randomness comes from.</param>
    /// <param name="report">Called behind every epoch.</param>
    /// <param name="checkAlive">Called before every batch; throws to end the fit.</param>
    public Trainer(AutoencoderModel model, TrainingOptions options, RandomStreams random,
        Action<TrainingEpoch> report, Action checkAlive)
    {
        _model = model;
        _options = options;
        _report = report;
        _checkAlive = checkAlive;
        _random = random;
        _order = random.Create(RandomUse.RowOrder);
        _corruption = random.Create(RandomUse.Corruption);
        _layers = random.Create(RandomUse.Layers);
        _noise = random.Create(RandomUse.Noise);
        _steps = [.. model.Definition.Objective.Steps().Select(step => (step, new WeightUpdate(step.Moves(model.Weights), options, model.Device)))];
    }

    /// <exception cref="InvalidOperationException">The loss stopped being a finite number.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled, and throws when it is.</exception>
    public TrainingResult Fit(TrainingData data)
    {
        var history = new List<TrainingEpoch>();
        var clock = Stopwatch.StartNew();
        using WeightSnapshot best = _model.Weights.Snapshot();
        int bestEpoch = 0;
        double bestLoss = double.PositiveInfinity;
        double lossToBeat = double.PositiveInfinity;
        int lastImprovement = 0;

        for (int epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            TimeSpan before = clock.Elapsed;
            if (TrainEpoch(epoch, data.Training, bestEpoch) is not { } training)
            {
                if (bestEpoch > 0)
                    best.Restore();
                return new TrainingResult(history, bestEpoch, WasCancelled: true);
            }

            // While a term is phased in the loss may rise for that alone.
            if (_isPhasingIn)
                lastImprovement = epoch;
            // The losses of an epoch say nothing of its last update.
            if (!_model.Weights.AreFinite())
                throw Diverged("The weights stopped being finite numbers", epoch, data.Training, bestEpoch);
            double seconds = (clock.Elapsed - before).TotalSeconds;
            EpochLoss? validation = data.Validation is null ? null : Measure(data.Validation);
            double watched = (validation ?? training).Total;
            bool isBest = watched < bestLoss;
            if (isBest)
            {
                (bestEpoch, bestLoss) = (epoch, watched);
                best.Update();
            }
            if (_options.EarlyStopping is { } stopping && watched < lossToBeat - stopping.MinImprovement)
                (lastImprovement, lossToBeat) = (epoch, watched);

            var done = new TrainingEpoch(epoch, _options.Epochs, training, validation, _learningRate,
                data.Training.Count / seconds, clock.Elapsed, isBest);
            history.Add(done);
            _report(done);
            if (_options.EarlyStopping is { } patience && epoch - lastImprovement >= patience.Patience)
                break;
        }

        // No epoch is best where no validation loss was a finite number.
        if (_options.EarlyStopping is null || bestEpoch == 0)
            return new TrainingResult(history, history.Count, WasCancelled: false);
        best.Restore();
        return new TrainingResult(history, bestEpoch, WasCancelled: false);
    }

    public void Dispose()
    {
        foreach ((_, WeightUpdate update) in _steps)
            update.Dispose();
        _order.Dispose();
        _corruption.Dispose();
        _layers.Dispose();
        _noise.Dispose();
    }

    /// <summary>Null where the fit was cancelled on the way.</summary>
    private EpochLoss? TrainEpoch(int epoch, RowBatch rows, int bestEpoch)
    {
        var meter = new LossMeter();
        long count = rows.Count;
        using DisposeScope epochScope = NewDisposeScope();
        Tensor order = Draws.Permutation(count, _model.Device, _order);
        _batch = 0;
        _isPhasingIn = false;
        foreach ((long start, long size) in Batches.Of(count, _options.BatchSize))
        {
            if (_options.Cancellation.IsCancellationRequested)
            {
                if (_options.ThrowOnCancellation)
                    throw new OperationCanceledException($"The fit was cancelled in epoch {epoch}.", _options.Cancellation);
                return null;
            }
            _checkAlive();
            _batch++;
            var moment = new TrainingMoment(epoch - 1 + (double)start / count, _options.Epochs);
            _learningRate = _options.LearningRate * _options.Schedule.Factor(moment.Epoch, moment.Epochs);
            using DisposeScope scope = NewDisposeScope();
            double total = TrainBatch(rows.Select(order.narrow(0, start, size)), moment, meter);
            if (!double.IsFinite(total))
                throw Diverged(FormattableString.Invariant($"The loss became {total}"), epoch, rows, bestEpoch);
        }
        return meter.Mean();
    }

    private double TrainBatch(RowBatch target, TrainingMoment moment, LossMeter meter)
    {
        double total = 0;
        var mode = ForwardMode.Training(_layers);
        foreach ((ObjectiveStep step, WeightUpdate update) in _steps)
        {
            TrainingPass pass = Pass(target, _corruption, mode, _noise, moment);
            IReadOnlyList<LossTerm> terms = step.Loss(pass);
            double loss = meter.Add(terms, target.Count, step.IsWatched);
            _isPhasingIn |= terms.Any(term => term.Share < 1);
            total += loss;
            if (!double.IsFinite(loss))
                break;
            update.Apply(WeightedSum(terms), _learningRate * step.Rate);
        }
        meter.CountRows(target.Count);
        return total;
    }

    /// <summary>The loss with the weights as they are. What is drawn is the same in every epoch, so that epochs compare.</summary>
    private EpochLoss Measure(RowBatch rows)
    {
        using IDisposable noGrad = no_grad();
        using Generator corruption = _random.Create(RandomUse.ValidationCorruption);
        using Generator noise = _random.Create(RandomUse.ValidationNoise);
        var meter = new LossMeter();
        // What compares the rows of a batch with each other depends on how many these are.
        int batchSize = _model.Definition.Objective.ComparesRows ? _options.BatchSize : Math.Max(_options.BatchSize, Batches.Measured);
        foreach ((long start, long size) in Batches.Of(rows.Count, batchSize))
        {
            using DisposeScope scope = NewDisposeScope();
            TrainingPass pass = Pass(rows.Narrow(start, size), corruption, ForwardMode.Prediction, noise, moment: null);
            foreach ((ObjectiveStep step, _) in _steps)
                meter.Add(step.Loss(pass), size, step.IsWatched);
            meter.CountRows(size);
        }
        return meter.Mean();
    }

    private TrainingPass Pass(RowBatch target, Generator corruption, ForwardMode mode, Generator noise, TrainingMoment? moment)
    {
        ModelDefinition definition = _model.Definition;
        Tensor input = definition.Corruption.Apply(target.Values, definition.RowShape, corruption);
        return new TrainingPass(_model.Weights, definition.Bottleneck, definition.Objective.Likelihood, target, input, mode, noise) { Moment = moment };
    }

    private static Tensor WeightedSum(IReadOnlyList<LossTerm> terms) =>
        terms.Where(term => term.Weight != 0).Select(term => term.Value.Times(term.Weight * term.Share)).Aggregate((sum, term) => sum.Plus(term));

    private InvalidOperationException Diverged(string what, int epoch, RowBatch rows, int bestEpoch)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        float largest = Math.Max(Largest(rows.Values), Largest(rows.Target));
        string best = bestEpoch == 0 ? "No epoch was completed." : $"The best weights so far are from epoch {bestEpoch}.";
        return new InvalidOperationException(FormattableString.Invariant(
            $"{what} in epoch {epoch}, batch {_batch} (learning rate {_learningRate:G3}). Usual causes: a learning rate that is too high, inputs that are not scaled (largest value seen: {largest:N0}; see InputScaling). {best}"));

        static float Largest(Tensor table) => table.abs().max().item<float>();
    }
}
