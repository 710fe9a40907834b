using System.Text.Json.Serialization;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>
/// How the weight of the KL divergence rises in a fit. A code that is pulled to the prior before the decoder has learned to
/// use it may stay unused for good.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "warmup")]
[JsonDerivedType(typeof(NoWarmup), "none")]
[JsonDerivedType(typeof(LinearWarmup), "linear")]
[JsonDerivedType(typeof(CyclicalWarmup), "cyclical")]
public abstract record KlWarmup
{
    private protected KlWarmup()
    {
    }

    /// <summary>The whole weight from the first batch.</summary>
    public static KlWarmup None { get; } = new NoWarmup();

    /// <summary>From 0 to the whole weight in a straight line, then the whole (Bowman et al. 2016; Sønderby et al. 2016).</summary>
    /// <param name="epochs">Epochs of the rise; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is below 1.</exception>
    public static KlWarmup Linear(int epochs)
    {
        Require.AtLeast(epochs, 1, "KlWarmup.Linear", nameof(epochs));
        return new LinearWarmup(epochs);
    }

    /// <summary>Several rises over the fit, each from 0 to the whole weight, where it stays until the next one begins (Fu et
    /// al. 2019, "Cyclical Annealing Schedule", equations 6 and 7).</summary>
    /// <param name="cycles">How many; at least 1.</param>
    /// <param name="rise">The share of a cycle in which the weight rises; above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static KlWarmup Cyclical(int cycles = 4, float rise = 0.5f)
    {
        Require.AtLeast(cycles, 1, "KlWarmup.Cyclical", nameof(cycles));
        Require.Above(rise, 0, "KlWarmup.Cyclical", nameof(rise));
        Require.InRange(rise, 0, 1, "KlWarmup.Cyclical", nameof(rise));
        return new CyclicalWarmup(cycles, rise);
    }

    /// <summary>The share of the weight that counts, between 0 and 1.</summary>
    internal abstract double Share(TrainingMoment moment);
}
