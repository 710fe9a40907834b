using System.Text.Json.Serialization;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders;

/// <summary>How the learning rate decreases over the epochs.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "schedule")]
[JsonDerivedType(typeof(ConstantSchedule), "constant")]
[JsonDerivedType(typeof(CosineSchedule), "cosine")]
[JsonDerivedType(typeof(StepSchedule), "step")]
public abstract class LearningRateSchedule : IByValue
{
    private protected LearningRateSchedule()
    {
    }

    IReadOnlyList<object?> IByValue.Values => Values;

    /// <summary>What it does to the learning rate, for a reader.</summary>
    private protected abstract string Text { get; }

    /// <summary>All its values.</summary>
    private protected abstract IReadOnlyList<object?> Values { get; }

    /// <summary>Whether both are equal.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(LearningRateSchedule? left, LearningRateSchedule? right) =>
        ByValue.Same(left, right);

    /// <summary>Whether they differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(LearningRateSchedule? left, LearningRateSchedule? right) => !(left == right);

    /// <summary>The learning rate stays the same.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>
    /// Half a cosine from the full rate at the first batch to a fraction of it after the last, batch by batch
    /// (Loshchilov and Hutter 2016, "SGDR", equation 5, without restarts).
    /// </summary>
    /// <param name="finalFraction">Of the learning rate; between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public static LearningRateSchedule Cosine(float finalFraction = 0)
    {
        var schedule = new CosineSchedule(finalFraction);
        schedule.Check(Place.Call($"{nameof(LearningRateSchedule)}.{nameof(Cosine)}"));
        return schedule;
    }

    /// <summary>Multiplied by a factor every so many epochs.</summary>
    /// <param name="everyEpochs">At least 1.</param>
    /// <param name="factor">Above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static LearningRateSchedule Step(int everyEpochs, float factor = 0.1f)
    {
        var schedule = new StepSchedule(everyEpochs, factor);
        schedule.Check(Place.Call($"{nameof(LearningRateSchedule)}.{nameof(Step)}"));
        return schedule;
    }

    /// <summary>Whether the other is of the same kind and has the same numbers.</summary>
    /// <param name="obj">The other.</param>
    public sealed override bool Equals(object? obj) => ByValue.Same(this, obj as LearningRateSchedule);

    /// <summary>The same number for all that are equal.</summary>
    public sealed override int GetHashCode() => ByValue.Hash(this);

    /// <summary>The kind, with its numbers.</summary>
    public override string ToString() => Text;

    /// <summary>Checks its numbers.</summary>
    /// <exception cref="ArgumentException">One is out of its range, and comes from a caller.</exception>
    /// <exception cref="FormatException">One is out of its range, and comes from a file.</exception>
    internal virtual void Check(Place place)
    {
    }

    /// <summary>The factor on the learning rate.</summary>
    /// <param name="epoch">Epochs done, with the fraction of the current one.</param>
    /// <param name="epochs">Epochs in all.</param>
    internal abstract double Factor(double epoch, int epochs);
}
