namespace Ml.Autoencoders.Objectives;

/// <summary>See <see cref="KlWarmup.Cyclical"/>.</summary>
internal sealed record CyclicalWarmup(int Cycles, float Rise) : KlWarmup
{
    internal override double Share(TrainingMoment moment)
    {
        double cycle = (double)moment.Epochs / Cycles;
        return Math.Min(1, moment.Epoch % cycle / (Rise * cycle));
    }
}
