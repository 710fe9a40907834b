namespace Ml.Autoencoders.Training;

/// <summary>See <see cref="LearningRateSchedule.Constant"/>.</summary>
internal sealed class ConstantSchedule : LearningRateSchedule
{
    private protected override string Text => "constant";

    private protected override IReadOnlyList<object?> Values => [];

    internal override double Factor(double epoch, int epochs) => 1;
}
