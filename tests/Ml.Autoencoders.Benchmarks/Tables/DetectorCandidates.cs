namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>What the default detector was chosen from: itself, and itself with one thing changed.</summary>
internal static class DetectorCandidates
{
    public static IReadOnlyList<Scorer> All { get; } =
    [
        Scorer.Default,
        Changed("error alone", new() { Score = AnomalyScoreKind.ReconstructionError }),
        Changed("code alone", new() { Score = AnomalyScoreKind.CodeDistance }),
        Changed("nothing trimmed", new() { TrimmedShare = 0 }),
        Changed("a quarter trimmed", new() { TrimmedShare = 0.25f }),
        Changed("layer of 256", new() { Network = Network.Dense(256) }),
        Changed("layers of 64 and 32", new() { Network = Network.Dense(64, 32) }),
        Changed("tanh", new() { Network = Network.Dense([64], Activation.Tanh) }),
        Scorer.Detector("code of half the columns", columns => new() { CodeSize = Math.Max(2, columns / 2) }),
        Changed("noise of 0.3", new() { Corruption = Corruption.Gaussian(0.3f) }),
        Changed("2,000 updates", new() { Training = new() { Updates = 2_000 } }),
        Changed("as other families", new()
        {
            CodeSize = 32,
            Network = Network.Dense(512, 256),
            Scaling = InputScaling.None,
            Score = AnomalyScoreKind.ReconstructionError,
            Training = new() { Epochs = 20, LearningRate = 1e-3f, Schedule = LearningRateSchedule.Constant },
        }),
    ];

    private static Scorer Changed(string name, AutoencoderAnomalyOptions options) =>
        Scorer.Detector(name, _ => options);
}
