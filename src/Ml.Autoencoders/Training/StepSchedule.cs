namespace Ml.Autoencoders.Training;

/// <summary>See <see cref="LearningRateSchedule.Step"/>.</summary>
internal sealed class StepSchedule(int everyEpochs, float decayFactor) : LearningRateSchedule
{
    public int EveryEpochs { get; } = everyEpochs;

    public float DecayFactor { get; } = decayFactor;

    private protected override string Text => FormattableString.Invariant(
        $"times {DecayFactor} every {(EveryEpochs == 1 ? "epoch" : $"{EveryEpochs} epochs")}");

    private protected override IReadOnlyList<object?> Values => [EveryEpochs, DecayFactor];

    internal override void Check(Place place)
    {
        string factor = place.IsEntry ? nameof(DecayFactor) : "Factor";
        Require.AtLeast(EveryEpochs, 1, place, nameof(EveryEpochs));
        Require.Above(DecayFactor, 0, place, factor);
        Require.Within(DecayFactor, 0, 1, place, factor);
    }

    internal override double Factor(double epoch, int epochs) => Math.Pow(DecayFactor, Math.Floor(epoch / EveryEpochs));
}
