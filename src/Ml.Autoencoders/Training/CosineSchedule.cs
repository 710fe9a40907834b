namespace Ml.Autoencoders.Training;

/// <summary>See <see cref="LearningRateSchedule.Cosine"/>.</summary>
internal sealed class CosineSchedule(float finalFraction) : LearningRateSchedule
{
    public float FinalFraction { get; } = finalFraction;

    private protected override string Text => FinalFraction == 0
        ? "cosine to 0" : FormattableString.Invariant($"cosine to {FinalFraction} of the rate");

    private protected override IReadOnlyList<object?> Values => [FinalFraction];

    internal override void Check(Place place) => Require.Within(FinalFraction, 0, 1, place, nameof(FinalFraction));

    internal override double Factor(double epoch, int epochs) =>
        FinalFraction + (1 - FinalFraction) * (1 + Math.Cos(Math.PI * epoch / epochs)) / 2;
}
