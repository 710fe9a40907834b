namespace Ml.Autoencoders.Training;

/// <summary>See <see cref="LearningRateSchedule.Constant"/>.</summary>
internal sealed record ConstantSchedule : LearningRateSchedule
{
    internal override double Factor(double epoch, int epochs) => 1;
}
