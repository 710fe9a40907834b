namespace Ml.Autoencoders.Benchmarks.Series.Speed;

/// <summary>A network that is trained and applied by hand and by this library.</summary>
/// <param name="Name">For the tables.</param>
/// <param name="Network">This library's.</param>
/// <param name="ByHand">The same as modules.</param>
/// <param name="Epochs">Of the fits.</param>
/// <param name="FitBound">What the share of the fit's time in that by hand must not exceed; null where it is only
/// shown.</param>
internal sealed record SequenceContest(string Name, Network Network, Func<SequenceModule> ByHand, int Epochs,
    double? FitBound)
{
    public const int CodeSize = 8;

    public static IReadOnlyList<SequenceContest> All { get; } =
    [
        new("Network.Temporal()", Network.Temporal(),
            () => new TemporalModule(SequenceRow.Steps, SequenceRow.Channels, CodeSize), Epochs: 5, 0.8),
        Lstm(64, 1),
        Lstm(32, null),
    ];

    private static SequenceContest Lstm(int units, double? bound) => new($"Network.Recurrent([{units}])",
        Network.Recurrent([units]),
        () => new RecurrentModule(SequenceRow.Steps, SequenceRow.Channels, units, CodeSize), Epochs: 1, bound);
}
