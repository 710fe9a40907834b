namespace Ml.Autoencoders.Objectives;

/// <summary>See <see cref="KlWarmup.Cyclical"/>.</summary>
internal sealed class CyclicalWarmup(int cycles, float rise) : KlWarmup
{
    public int Cycles { get; } = cycles;

    public float Rise { get; } = rise;

    private protected override IReadOnlyList<object?> Values => [Cycles, Rise];

    internal override void Check(Place place)
    {
        Require.AtLeast(Cycles, 1, place, nameof(Cycles));
        Require.Above(Rise, 0, place, nameof(Rise));
        Require.Within(Rise, 0, 1, place, nameof(Rise));
    }

    internal override double Share(TrainingMoment moment)
    {
        double cycle = (double)moment.Epochs / Cycles;
        return Math.Min(1, moment.Epoch % cycle / (Rise * cycle));
    }
}
