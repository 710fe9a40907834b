using System.Globalization;
using System.Text.Json.Serialization;

namespace Ml.Autoencoders;

/// <summary>The result of one epoch of a fit.</summary>
public sealed class TrainingEpoch
{
    [JsonConstructor]
    internal TrainingEpoch(int epoch, int epochs, EpochLoss training, EpochLoss? validation, double learningRate,
        double rowsPerSecond, TimeSpan elapsed, bool isBest)
    {
        Epoch = epoch;
        Epochs = epochs;
        Training = training;
        Validation = validation;
        LearningRate = learningRate;
        RowsPerSecond = rowsPerSecond;
        Elapsed = elapsed;
        IsBest = isBest;
    }

    /// <summary>Its number, from 1.</summary>
    public int Epoch { get; }

    /// <summary>How many epochs were requested.</summary>
    public int Epochs { get; }

    /// <summary>The loss over the training rows, as measured batch by batch while the weights moved.</summary>
    public EpochLoss Training { get; }

    /// <summary>
    /// The loss over the validation rows with the weights at the epoch's end; null where there are none.
    /// </summary>
    public EpochLoss? Validation { get; }

    /// <summary>The learning rate of the epoch's last batch.</summary>
    public double LearningRate { get; }

    /// <summary>Training rows per second in this epoch.</summary>
    public double RowsPerSecond { get; }

    /// <summary>The time since the first batch of the fit.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Whether no epoch before had a lower loss (validation where there is one).</summary>
    public bool IsBest { get; }

    /// <summary>The time that the remaining epochs will take, at the mean pace so far.</summary>
    [JsonIgnore]
    public TimeSpan Remaining =>
        TimeSpan.FromTicks((long)Math.Min(long.MaxValue, (double)Elapsed.Ticks / Epoch * (Epochs - Epoch)));

    /// <summary>The loss that early stopping and cancellation look at.</summary>
    internal double Watched => (Validation ?? Training).Total;

    /// <summary>Checks that an epoch can have these values.</summary>
    /// <exception cref="FormatException">It cannot.</exception>
    internal void Check(Place place)
    {
        Require.Within(Epoch, 1, Limits.Epochs, place, nameof(Epoch));
        Require.Within(Epochs, Epoch, Limits.Epochs, place, nameof(Epochs));
        Training.Check(place.Part(nameof(Training)));
        Validation?.Check(place.Part(nameof(Validation)));
        Require.AtLeast(LearningRate, 0, place, nameof(LearningRate));
        if (!(RowsPerSecond >= 0))
            throw place.Error(nameof(RowsPerSecond), FormattableString.Invariant(
                $"is {RowsPerSecond}; it must be at least 0."));
        if (Elapsed < TimeSpan.Zero)
            throw place.Error(nameof(Elapsed), FormattableString.Invariant(
                $"is {Elapsed}; it must be at least {TimeSpan.Zero}."));
    }

    /// <summary>One line: <c>epoch 3/20  loss 0.01204  validation 0.01231  41,200 rows/s  12 s left</c>.</summary>
    public override string ToString()
    {
        string validation = Validation is null ? "" : $"  validation {Validation}";
        return string.Create(CultureInfo.InvariantCulture,
            $"epoch {Epoch}/{Epochs}  loss {Training}{validation}  {RowsPerSecond:N0} rows/s  " +
            $"{Remaining.TotalSeconds:N0} s left");
    }
}
