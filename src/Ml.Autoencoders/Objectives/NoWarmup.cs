namespace Ml.Autoencoders.Objectives;

/// <summary>See <see cref="KlWarmup.None"/>.</summary>
internal sealed record NoWarmup : KlWarmup
{
    internal override double Share(TrainingMoment moment) => 1;
}
