namespace Ml.Autoencoders.Training;

/// <summary>See <see cref="LearningRateSchedule.Step"/>.</summary>
internal sealed record StepSchedule(int EveryEpochs, float DecayFactor) : LearningRateSchedule
{
    internal override double Factor(double epoch, int epochs) => Math.Pow(DecayFactor, Math.Floor(epoch / EveryEpochs));
}
