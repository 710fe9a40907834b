using System.Globalization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Definitions;
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
    private readonly TrainingCalls _calls;
    private readonly RandomStreams _streams;
    private readonly FitRandom _random;
    private readonly IReadOnlyList<(ObjectiveStep Step, WeightUpdate Update)> _steps;
    private readonly WeightSnapshot _best;
    private readonly CheckpointClock? _checkpoints;

    /// <summary>What is done to rows with gaps, which stay gaps.</summary>
    private readonly Corruption? _hiding;
    private FitProgress _progress = new();
    private string? _unevenSlots;

    /// <param name="model">Trained in place.</param>
    /// <param name="options">Checked already.</param>
    /// <param name="random">Where all randomness comes from.</param>
    /// <param name="calls">The calls that the fit makes.</param>
    public Trainer(AutoencoderModel model, TrainingOptions options, RandomStreams random, TrainingCalls calls)
    {
        _model = model;
        _options = options;
        _calls = calls;
        _streams = random;
        _random = new FitRandom(random, model.Definition.Binarizes);
        _steps = [.. model.Definition.Objective.Steps()
            .Select(step => (step, new WeightUpdate(step.Moves(model.Weights), options, model.Device)))];
        _best = model.Weights.Snapshot();
        _hiding = model.Definition.Network.MarksGaps ? HidingNoise.Of(model.Definition.Corruption,
            model.Definition.Objective.Likelihood.Columns?.Categories ?? []) : null;
        _checkpoints = options.Checkpoint is { } checkpoint ? new CheckpointClock(checkpoint) : null;
    }

    /// <summary>
    /// The tensors that a fit resumes from, each with a unique name: weights, the best of them so far, and the state of
    /// optimizers.
    /// </summary>
    public IEnumerable<FitTensor> Tensors =>
    [
        .. _model.Weights.Named.Select(named => new FitTensor(named.Spec.Name, named.Tensor)),
        .. _model.Weights.Named.Zip(_best.Kept, (named, kept) => new FitTensor($"best.{named.Spec.Name}", kept)),
        .. _steps.SelectMany((step, i) =>
            step.Update.State.Means.Select((tensor, j) => new FitTensor($"optimizer.{i}.mean.{j}", tensor))),
        .. _steps.SelectMany((step, i) =>
            step.Update.State.Squares.Select((tensor, j) => new FitTensor($"optimizer.{i}.square.{j}",
                tensor) { MayBeInfinite = true })),
    ];

    /// <summary>How far the fit is. Not to be kept: it changes.</summary>
    public FitState State => new(_progress, [.. _steps.Select(step => step.Update.State.Steps)], _random.Capture());

    /// <summary>Resumes from a state; <see cref="Tensors"/> are written by the caller.</summary>
    /// <exception cref="FormatException">It is not one of such a fit.</exception>
    public void Restore(FitState state)
    {
        if (state.OptimizerSteps.Count != _steps.Count)
            throw new FormatException($"It has {state.OptimizerSteps.Count} optimizers; the fit has {_steps.Count}.");
        state.Progress.Check(Place.Entry("state.progress"));
        if (state.OptimizerSteps.FirstOrDefault(steps => steps < 0) is < 0 and var negative)
            throw new FormatException($"It counts {negative} updates of an optimizer; there must be at least 0.");
        _random.Restore(state.Random);
        foreach (((_, WeightUpdate update), int steps) in _steps.Zip(state.OptimizerSteps))
            update.State.Steps = steps;
        _progress = state.Progress;
    }

    /// <exception cref="InvalidOperationException">The loss or the weights stopped being finite numbers, or early
    /// stopping has no best epoch.</exception>
    /// <exception cref="OperationCanceledException">The fit was canceled, and throws when it is.</exception>
    public TrainingResult Fit(TrainingData data)
    {
        _unevenSlots = data.UnevenSlots;
        var clock = new FitClock(_progress.Elapsed);
        while (!_progress.IsFinished(_options))
        {
            if (!RunEpoch(data, clock))
                return Canceled(data.Training, clock);
            if (_checkpoints?.IsDueBehind(_progress.History.Count) ?? false)
                Save(clock);
        }
        if (_options.EarlyStopping is null)
            return new TrainingResult(_progress.History, _progress.History.Count, WasCanceled: false);
        if (_progress.BestEpoch == 0)
            throw UnmeasurableLoss.NoBestEpoch(_progress.History[^1], _model.Definition.Scaling, data);
        _best.Restore();
        return new TrainingResult(_progress.History, _progress.BestEpoch, WasCanceled: false);
    }

    public void Dispose()
    {
        foreach ((_, WeightUpdate update) in _steps)
            update.Dispose();
        _best.Dispose();
        _random.Dispose();
    }

    /// <summary>Runs the current epoch to its end. False where the fit was canceled before that, even while rows are
    /// read.</summary>
    private bool RunEpoch(TrainingData data, FitClock clock)
    {
        TimeSpan before = clock.Elapsed;
        double seconds;
        EpochLoss? validation;
        try
        {
            TrainEpoch(data.Training, clock);
            seconds = (clock.Elapsed - before).TotalSeconds;
            validation = data.Validation is null ? null : Measure(data.Validation);
        }
        catch (OperationCanceledException error) when (_options.Cancellation.IsCancellationRequested
            && error.CancellationToken == _options.Cancellation)
        {
            return false;
        }
        FinishEpoch(validation, clock, data.Training.Count / seconds);
        return true;
    }

    /// <summary>The batches that are not done yet.</summary>
    private void TrainEpoch(ITrainingRows rows, FitClock clock)
    {
        int epoch = _progress.History.Count + 1;
        using DisposeScope epochScope = NewDisposeScope();
        _random.BeginEpoch();
        bool isBegun = epoch > 1 || _progress.Batches > 0;
        foreach (RowBatch batch in rows.Shuffled(_options.ChosenBatchSize, _random.Order, _progress.Batches,
            _options.Cancellation))
        {
            _calls.CheckAlive();
            double done = (double)_progress.Batches * _options.ChosenBatchSize / rows.Count;
            var moment = new TrainingMoment(epoch - 1 + done, _options.ChosenEpochs);
            _progress.Batches++;
            _progress.LearningRate =
                _options.ChosenLearningRate * _options.ChosenSchedule.Factor(moment.Epoch, moment.Epochs);
            using DisposeScope scope = NewDisposeScope();
            if (!isBegun)
                Begin(batch, moment);
            isBegun = true;
            double total = TrainBatch(batch, moment, _progress.Meter);
            if (!double.IsFinite(total))
                throw Diverged(FormattableString.Invariant($"The loss became {total}"), epoch, rows);
            if (_checkpoints is { IsDueNow: true })
            {
                RequireFiniteWeights(rows);
                Save(clock);
            }
        }
        RequireFiniteWeights(rows);
    }

    private void FinishEpoch(EpochLoss? validation, FitClock clock, double rowsPerSecond)
    {
        int epoch = _progress.History.Count + 1;
        EpochLoss training = _progress.Meter.Mean();
        // While a term is phased in, the loss may rise for that reason alone.
        if (_progress.IsPhasingIn)
            _progress.LastImprovement = epoch;
        double watched = (validation ?? training).Total;
        // A loss can be negative infinity, too: no other would ever be better.
        bool isBest = double.IsFinite(watched) && watched < _progress.BestLoss;
        if (isBest)
        {
            (_progress.BestEpoch, _progress.BestLoss) = (epoch, watched);
            _best.Update();
        }
        if (_options.EarlyStopping is { } stopping && double.IsFinite(watched)
            && watched < _progress.LossToBeat - stopping.MinImprovement)
            (_progress.LastImprovement, _progress.LossToBeat) = (epoch, watched);

        var done = new TrainingEpoch(epoch, _options.ChosenEpochs, training, validation, _progress.LearningRate,
            rowsPerSecond, clock.Elapsed, isBest);
        _progress.History.Add(done);
        _random.EndEpoch();
        _progress.Batches = 0;
        _progress.IsPhasingIn = false;
        _progress.Meter = new LossMeter();
        _calls.Report(done);
    }

    private TrainingResult Canceled(ITrainingRows rows, FitClock clock)
    {
        // Where the last update went wrong, the checkpoint before it is the one to continue from.
        if (_checkpoints is not null && _model.Weights.AreFinite())
            Save(clock);
        if (_options.ThrowOnCancellation)
            throw new OperationCanceledException($"The fit was canceled in epoch {_progress.History.Count + 1}.",
                _options.Cancellation);
        if (_progress.BestEpoch > 0)
            _best.Restore();
        else
            RequireFiniteWeights(rows);
        return new TrainingResult(_progress.History, _progress.BestEpoch, WasCanceled: true);
    }

    /// <summary>The losses of the batches that are done say nothing about the last update.</summary>
    private void RequireFiniteWeights(ITrainingRows rows)
    {
        if (!_model.Weights.AreFinite())
            throw Diverged("The weights stopped being finite numbers", _progress.History.Count + 1, rows);
    }

    private void Save(FitClock clock)
    {
        _progress.Elapsed = clock.Elapsed;
        _calls.Save(this);
        _checkpoints!.Restart();
    }

    /// <summary>The values of a learned prior start from rows.</summary>
    private void Begin(RowBatch batch, TrainingMoment moment)
    {
        if (_model.Definition.Objective.Prior?.Learned is not null)
            _model.Definition.Objective.Begin(Pass(batch, _random.Corruption, ForwardMode.Prediction,
                _random.Noise, moment));
    }

    private double TrainBatch(RowBatch target, TrainingMoment moment, LossMeter meter)
    {
        target = Binarized(target, _random.Binarization);
        double total = 0;
        var mode = ForwardMode.Training(_random.Layers, moment.Epoch / moment.Epochs);
        foreach ((ObjectiveStep step, WeightUpdate update) in _steps)
        {
            TrainingPass pass = Pass(target, _random.Corruption, mode, _random.Noise, moment);
            IReadOnlyList<LossTerm> terms = step.Loss(pass);
            double loss = meter.Add(terms, target.Count, step.IsWatched);
            _progress.IsPhasingIn |= terms.Any(term => term.Share < 1);
            total += loss;
            if (!double.IsFinite(loss))
                break;
            update.Apply(WeightedSum(terms), _progress.LearningRate * step.Rate);
        }
        meter.CountRows(target.Count);
        return total;
    }

    /// <summary>
    /// The loss with the weights as they are. The draws are the same in every epoch, so that epochs can be compared.
    /// </summary>
    private EpochLoss Measure(ITrainingRows rows)
    {
        using IDisposable noGrad = no_grad();
        using Generator corruption = _streams.Create(RandomUse.ValidationCorruption);
        using Generator noise = _streams.Create(RandomUse.ValidationNoise);
        using Generator? binarization =
            _model.Definition.Binarizes ? _streams.Create(RandomUse.FixedBinarization) : null;
        var meter = new LossMeter();
        // Terms that compare the rows of a batch with each other depend on how many there are.
        int batchSize = _model.Definition.Objective.ComparesRows
            ? _options.ChosenBatchSize : Math.Max(_options.ChosenBatchSize,
                Batches.Measured(Math.Max(_model.InputSize, _model.OutputSize)));
        foreach (RowBatch batch in rows.InOrder(batchSize, _options.Cancellation))
        {
            _calls.CheckAlive();
            using DisposeScope scope = NewDisposeScope();
            RowBatch measured = Binarized(batch, binarization);
            TrainingPass pass = Pass(measured, corruption, ForwardMode.Prediction, noise, moment: null);
            foreach ((ObjectiveStep step, _) in _steps)
                meter.Add(step.Loss(pass), batch.Count, step.IsWatched);
            meter.CountRows(batch.Count);
        }
        return meter.Mean();
    }

    /// <summary>The rows that are modeled: rows as they are, or zeros and ones that are drawn with them as
    /// probabilities. A row that is reconstructed from itself is drawn once.</summary>
    private static RowBatch Binarized(RowBatch rows, Generator? random) => random is null ? rows : rows with
    {
        Values = Draws.Bernoulli(rows.Values, random),
        Targets = rows.Targets is { } targets ? Draws.Bernoulli(targets, random) : null,
    };

    private TrainingPass Pass(RowBatch target, Generator corruption, ForwardMode mode, Generator noise,
        TrainingMoment? moment)
    {
        ModelDefinition definition = _model.Definition;
        return new TrainingPass(_model.Weights, definition.Bottleneck, definition.Objective.Likelihood, target,
            () => Corrupted(target.Values, corruption), mode, noise)
        { Moment = moment };
    }

    private Tensor Corrupted(Tensor rows, Generator random)
    {
        Tensor corrupted = (_hiding ?? _model.Definition.Corruption).Apply(rows, _model.Definition.RowShape, random);
        return _hiding is null ? corrupted : corrupted.Masked(rows.isnan(), double.NaN);
    }

    private static Tensor WeightedSum(IReadOnlyList<LossTerm> terms) =>
        terms.Where(term => term.Weight != 0).Select(term => term.Weighted).Aggregate((sum, term) => sum.Plus(term));

    private InvalidOperationException Diverged(string what, int epoch, ITrainingRows rows)
    {
        string best = _progress.BestEpoch > 0 ? $"The best weights so far are from epoch {_progress.BestEpoch}."
            : _progress.History.Count == 0
            ? "No epoch was completed." : "No epoch had a validation loss that is a finite number.";
        string causes = UsualCauses.OfDivergence(_model.Definition.Scaling, rows, _unevenSlots);
        return new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"{what} in epoch {epoch}, batch {_progress.Batches} (learning rate {_progress.LearningRate:G3}). " +
            $"{causes} {best}"));
    }
}
