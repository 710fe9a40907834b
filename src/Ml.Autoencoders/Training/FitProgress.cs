namespace Ml.Autoencoders.Training;

/// <summary>How far a fit has come: everything that it resumes from, apart from tensors and random states.</summary>
internal sealed class FitProgress
{
    /// <summary>The epochs that are done.</summary>
    public List<TrainingEpoch> History { get; init; } = [];

    /// <summary>Batches done of the current epoch.</summary>
    public int Batches { get; set; }

    /// <summary>The losses of those batches.</summary>
    public LossMeter Meter { get; set; } = new();

    /// <summary>The learning rate of the last batch.</summary>
    public double LearningRate { get; set; }

    /// <summary>Whether a term of the loss was being phased in during the current epoch.</summary>
    public bool IsPhasingIn { get; set; }

    /// <summary>The epoch with the lowest loss so far; 0 where there is none.</summary>
    public int BestEpoch { get; set; }

    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>The loss below which another one counts as an improvement.</summary>
    public double LossToBeat { get; set; } = double.PositiveInfinity;

    /// <summary>The last epoch with an improvement.</summary>
    public int LastImprovement { get; set; }

    /// <summary>Time spent so far.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Checks that a fit can reach this state: a file may hold anything.</summary>
    /// <exception cref="FormatException">It does not.</exception>
    public void Check(Place place)
    {
        if (!IsConsistent)
            throw new FormatException("No fit can have done these numbers of epochs, batches and updates.");
        for (int i = 0; i < History.Count; i++)
            History[i].Check(place.Part(nameof(History)).At(i));
        Require.AtLeast(LearningRate, 0, place, nameof(LearningRate));
        FitClock.Check(Elapsed, place, nameof(Elapsed));
    }

    private bool IsConsistent =>
        History.Select((epoch, i) => epoch is not null && epoch.Epoch == i + 1).All(isEpoch => isEpoch)
        && (Batches == 0
            ? Meter is { Rows: 0, Total: 0, Terms.Count: 0 }
            : Batches > 0 && Meter.Rows is > 0 and < long.MaxValue / 2 && Meter.Terms.ContainsKey("reconstruction"))
        && BestEpoch == History.FindLastIndex(epoch => epoch.IsBest) + 1
        && (BestEpoch == 0 ? double.IsPositiveInfinity(BestLoss) : double.IsFinite(BestLoss))
        && !double.IsNaN(LossToBeat)
        && LastImprovement >= 0 && LastImprovement <= History.Count;

    /// <summary>Whether all epochs are done, or enough of them without an improvement.</summary>
    public bool IsFinished(TrainingOptions options) =>
        History.Count >= options.ChosenEpochs
        || (options.EarlyStopping is { } stopping && History.Count - LastImprovement >= stopping.Patience);
}
