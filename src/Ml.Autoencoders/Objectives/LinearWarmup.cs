namespace Ml.Autoencoders.Objectives;

/// <summary>See <see cref="KlWarmup.Linear"/>.</summary>
internal sealed record LinearWarmup(int RisingEpochs) : KlWarmup
{
    internal override void Check(Place place) =>
        Require.AtLeast(RisingEpochs, 1, place, place.IsEntry ? nameof(RisingEpochs) : "Epochs");

    internal override double Share(TrainingMoment moment) => Math.Min(1, moment.Epoch / RisingEpochs);
}
