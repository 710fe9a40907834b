namespace Ml.Autoencoders.Objectives;

/// <summary>See <see cref="KlWarmup.None"/>.</summary>
internal sealed class NoWarmup : KlWarmup
{
    private protected override IReadOnlyList<object?> Values => [];

    internal override double Share(TrainingMoment moment) => 1;
}
