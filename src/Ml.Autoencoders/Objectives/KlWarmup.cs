using System.Text.Json.Serialization;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>
/// How the weight of the KL divergence rises in a fit. A code that is pulled to the prior before the decoder has
/// learned to use it may stay unused for good.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "warmup")]
[JsonDerivedType(typeof(NoWarmup), "none")]
[JsonDerivedType(typeof(LinearWarmup), "linear")]
[JsonDerivedType(typeof(CyclicalWarmup), "cyclical")]
public abstract class KlWarmup : IByValue
{
    private protected KlWarmup()
    {
    }

    IReadOnlyList<object?> IByValue.Values => Values;

    /// <summary>All its values.</summary>
    private protected abstract IReadOnlyList<object?> Values { get; }

    /// <summary>Whether both are of the same kind and have the same numbers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(KlWarmup? left, KlWarmup? right) => ByValue.Same(left, right);

    /// <summary>Whether they are of different kinds or have different numbers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(KlWarmup? left, KlWarmup? right) => !(left == right);

    /// <summary>The full weight from the first batch.</summary>
    public static KlWarmup None { get; } = new NoWarmup();

    /// <summary>
    /// From 0 to the full weight in a straight line, then the full weight (Bowman et al. 2016; Sønderby et al. 2016).
    /// </summary>
    /// <param name="epochs">Epochs of the rise; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is below 1.</exception>
    public static KlWarmup Linear(int epochs)
    {
        var warmup = new LinearWarmup(epochs);
        warmup.Check(Place.Call($"{nameof(KlWarmup)}.{nameof(Linear)}"));
        return warmup;
    }

    /// <summary>
    /// Several rises over the fit, each from 0 to the full weight, where it stays until the next one begins (Fu et al.
    /// 2019, "Cyclical Annealing Schedule", equations 6 and 7).
    /// </summary>
    /// <param name="cycles">How many; at least 1.</param>
    /// <param name="rise">The share of a cycle in which the weight rises; above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static KlWarmup Cyclical(int cycles = 4, float rise = 0.5f)
    {
        var warmup = new CyclicalWarmup(cycles, rise);
        warmup.Check(Place.Call($"{nameof(KlWarmup)}.{nameof(Cyclical)}"));
        return warmup;
    }

    /// <summary>Whether the other is of the same kind and has the same numbers.</summary>
    /// <param name="obj">The other.</param>
    public sealed override bool Equals(object? obj) => ByValue.Same(this, obj as KlWarmup);

    /// <summary>The same number for all that are equal.</summary>
    public sealed override int GetHashCode() => ByValue.Hash(this);

    /// <summary>The kind, with its numbers.</summary>
    public override string ToString() => ByValue.Text(this);

    /// <summary>Checks its numbers.</summary>
    /// <exception cref="ArgumentException">One is not valid, and a caller gave it.</exception>
    /// <exception cref="FormatException">One is not valid, and is from a file.</exception>
    internal virtual void Check(Place place)
    {
    }

    /// <summary>The share of the weight that counts, between 0 and 1.</summary>
    internal abstract double Share(TrainingMoment moment);
}
