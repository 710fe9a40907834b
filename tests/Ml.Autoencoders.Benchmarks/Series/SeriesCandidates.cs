namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>What the setting was chosen from: itself, and itself with one thing changed.</summary>
internal static class SeriesCandidates
{
    /// <summary>The score of a window, so that rows can get it in each way.</summary>
    private static readonly AutoencoderAnomalyOptions Own =
        SeriesSetting.Options with { WindowScore = WindowScore.Window };

    /// <summary>With what a detector of tables has by default.</summary>
    private static readonly AutoencoderAnomalyOptions Temporal = Own with
    {
        Network = Network.Temporal([16, 32]),
        Corruption = Corruption.None,
        Score = AnomalyScoreKind.Both,
        Scaling = InputScaling.Standardize,
        Training = new() { Updates = 1_000, LearningRate = 2e-3f, Schedule = LearningRateSchedule.Cosine() },
    };

    public static IReadOnlyList<SeriesScorer> All { get; } =
    [
        Changed("the setting", Own),
        Changed("error of the last step", Own with { WindowScore = WindowScore.LastStep }),
        Window("windows as long as the lag", lag => lag),
        Window("at least 32 rows", lag => Math.Max(lag, 32)),
        Window("at least 100 rows", lag => Math.Max(lag, 100)),
        Window("always 64 rows", _ => 64),
        Window("always 125 rows", _ => 125),
        Window("twice the lag, at least 64 rows", lag => Math.Max(2 * lag, 64)),
        Changed("code of 4", Own with { CodeSize = 4 }),
        Changed("code of 6", Own with { CodeSize = 6 }),
        Changed("code of 12", Own with { CodeSize = 12 }),
        Changed("code of 16", Own with { CodeSize = 16 }),
        Changed("score of the code alone", Own with { Score = AnomalyScoreKind.CodeDistance }),
        Changed("score of error and code", Own with { Score = AnomalyScoreKind.Both }),
        Changed("nothing masked", Own with { Corruption = Corruption.None }),
        Changed("nothing masked, score of error and code",
            Own with { Corruption = Corruption.None, Score = AnomalyScoreKind.Both }),
        Changed("a tenth masked", Own with { Corruption = Corruption.Masking(0.1f) }),
        Changed("half masked", Own with { Corruption = Corruption.Masking(0.5f) }),
        Changed("noise of 0.5 instead", Own with { Corruption = Corruption.Gaussian(0.5f) }),
        Changed("linear", Own with { Network = Network.Dense() }),
        Changed("layer of 32", Own with { Network = Network.Dense(32) }),
        Changed("layer of 128", Own with { Network = Network.Dense(128) }),
        Changed("layers of 64 and 32", Own with { Network = Network.Dense(64, 32) }),
        Changed("300 updates", Own with { Training = new() { Updates = 300 } }),
        Changed("2,000 updates", Own with { Training = new() { Updates = 2_000 } }),
        Changed("learning rate of 0.001", Own with { Training = new() { LearningRate = 1e-3f } }),
        Changed("temporal network, nothing masked, score of error and code", Temporal),
        .. new[] { 1, 2, 4, 8, 16 }.Select(rank =>
            SeriesScorer.Pca($"PCA of rank {rank}", SeriesSetting.Length, rank)),
        SeriesScorer.Pca("PCA of rank 4, windows as long as the lag", lag => lag, 4),
    ];

    private static SeriesScorer Window(string name, Func<int, int> length) =>
        SeriesScorer.Detector(name, length, Own);

    private static SeriesScorer Changed(string name, AutoencoderAnomalyOptions options) =>
        SeriesScorer.Detector(name, SeriesSetting.Length, options);
}
