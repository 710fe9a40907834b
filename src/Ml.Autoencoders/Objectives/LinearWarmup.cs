namespace Ml.Autoencoders.Objectives;

/// <summary>See <see cref="KlWarmup.Linear"/>.</summary>
internal sealed class LinearWarmup(int risingEpochs) : KlWarmup
{
    public int RisingEpochs { get; } = risingEpochs;

    private protected override IReadOnlyList<object?> Values => [RisingEpochs];

    internal override void Check(Place place) =>
        Require.AtLeast(RisingEpochs, 1, place, place.IsEntry ? nameof(RisingEpochs) : "Epochs");

    internal override double Share(TrainingMoment moment) => Math.Min(1, moment.Epoch / RisingEpochs);
}
