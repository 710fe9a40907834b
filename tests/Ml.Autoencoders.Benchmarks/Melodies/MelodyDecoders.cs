namespace Ml.Autoencoders.Benchmarks.Melodies;

/// <summary>Networks that melodies can be decoded with, all with the loose code and for the same few epochs.</summary>
internal static class MelodyDecoders
{
    private const int Epochs = 4;
    private const int Units = 128;
    private const int Bars = 2;

    public static MelodySetting[] All { get; } =
    [
        Of("convolutional", MelodySetting.Convolutional),
        Of("recurrent with feedback", Network.Recurrent([Units], feedsBack: true, scheduledSampling: 0.5f)),
        Of("recurrent, a conductor for the bars",
            Network.Recurrent([Units], feedsBack: true, scheduledSampling: 0.5f, segments: Bars)),
    ];

    private static MelodySetting Of(string name, Network network) =>
        new(name, Epochs, MelodySetting.Loose.Options with { Network = network });
}
