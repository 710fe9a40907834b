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
    private readonly IReadOnlyList<(ObjectiveStep Step, WeightUpdate Update)> _steps;
    private double _learningRate;
    private int _batch;

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
        _order = random.Create(RandomUse.RowOrder, CPU);
        _corruption = random.Create(RandomUse.Corruption, model.Device);
        _layers = random.Create(RandomUse.Layers, model.Device);
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
                data.Training.shape[0] / seconds, clock.Elapsed, isBest);
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
    }

    /// <summary>Null where the fit was cancelled on the way.</summary>
    private EpochLoss? TrainEpoch(int epoch, Tensor rows, int bestEpoch)
    {
        var meter = new LossMeter();
        long count = rows.shape[0];
        using Tensor order = randperm(count, generator: _order, dtype: ScalarType.Int64, device: CPU);
        using Tensor orderOnDevice = order.to(_model.Device, copy: true);
        _batch = 0;
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
            _learningRate = _options.LearningRate * _options.Schedule.Factor(epoch - 1 + (double)start / count, _options.Epochs);
            using DisposeScope scope = NewDisposeScope();
            Tensor target = rows.index_select(0, orderOnDevice.narrow(0, start, size));
            double total = TrainBatch(target, meter);
            if (!double.IsFinite(total))
                throw Diverged(FormattableString.Invariant($"The loss became {total}"), epoch, rows, bestEpoch);
        }
        return meter.Mean();
    }

    private double TrainBatch(Tensor target, LossMeter meter)
    {
        long size = target.shape[0];
        double total = 0;
        var mode = ForwardMode.Training(_layers);
        foreach ((ObjectiveStep step, WeightUpdate update) in _steps)
        {
            Tensor input = _model.Definition.Corruption.Apply(target, _corruption);
            IReadOnlyList<LossTerm> terms = step.Loss(_model.Pass(target, input, mode));
            double loss = meter.Add(terms, size);
            total += loss;
            if (!double.IsFinite(loss))
                break;
            update.Apply(terms.Select(term => term.Value * term.Weight).Aggregate((sum, term) => sum + term), _learningRate);
        }
        meter.CountRows(size);
        return total;
    }

    /// <summary>The loss with the weights as they are. Corruption is the same in every epoch, so that epochs compare.</summary>
    private EpochLoss Measure(Tensor rows)
    {
        using IDisposable noGrad = no_grad();
        using Generator corruption = _random.Create(RandomUse.ValidationCorruption, _model.Device);
        var meter = new LossMeter();
        foreach ((long start, long size) in Batches.Of(rows.shape[0], Math.Max(_options.BatchSize, Batches.Measured)))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor target = rows.narrow(0, start, size);
            TrainingPass pass = _model.Pass(target, _model.Definition.Corruption.Apply(target, corruption), ForwardMode.Prediction);
            foreach ((ObjectiveStep step, _) in _steps)
                meter.Add(step.Loss(pass), size);
            meter.CountRows(size);
        }
        return meter.Mean();
    }

    private InvalidOperationException Diverged(string what, int epoch, Tensor rows, int bestEpoch)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        float largest = rows.abs().max().item<float>();
        string best = bestEpoch == 0 ? "No epoch was completed." : $"The best weights so far are from epoch {bestEpoch}.";
        return new InvalidOperationException(FormattableString.Invariant(
            $"{what} in epoch {epoch}, batch {_batch} (learning rate {_learningRate:G3}). Usual causes: a learning rate that is too high, inputs that are not scaled (largest value seen: {largest:N0}; see InputScaling). {best}"));
    }
}
