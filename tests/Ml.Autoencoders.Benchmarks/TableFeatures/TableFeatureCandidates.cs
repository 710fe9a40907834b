namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>What the preset was chosen from: itself, and itself with one thing changed.</summary>
internal static class TableFeatureCandidates
{
    public static IReadOnlyList<Contestant> All { get; } =
    [
        Contestant.Preset,
        Contestant.Untrained,
        Changed("hidden activations alone", preset => preset with { Output = StageOutput.HiddenActivations }),
        Changed("two layers of 64", preset => preset with { Network = Normalized(64, 64) }),
        Changed("two layers of 256", preset => preset with { Network = Normalized(256, 256) }),
        Changed("one layer of 512", preset => preset with { Network = Normalized(512) }),
        Changed("256-256 without batch normalization", preset => preset with { Network = Network.Dense(256, 256) }),
        Changed("masking 0.3", preset => preset with { Corruption = Corruption.Masking(0.3f) }),
        Changed("1,500 updates", preset => preset with { Training = preset.Training with { Updates = 1_500 } }),
    ];

    private static Contestant Changed(string name, Func<DenoisingOptions, DenoisingOptions> change) =>
        Contestant.Denoising(name, change(DenoisingOptions.TableFeatures()));

    private static Network Normalized(params int[] sizes) => Network.Dense(sizes, Activation.Relu, batchNorm: true);
}
