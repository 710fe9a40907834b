namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>What the preset was chosen from: itself, and itself with one thing changed.</summary>
internal static class TableFeatureCandidates
{
    public static IReadOnlyList<Contestant> All { get; } =
    [
        Contestant.Preset,
        Changed("hidden activations alone", preset => preset with { Output = StageOutput.HiddenActivations }),
        Changed("masking 0.3", preset => preset with { Corruption = Corruption.Masking(0.3f) }),
        Changed("no noise", preset => preset with { Corruption = Corruption.None }),
        Changed("one layer of 512", preset => preset with { Network = Network.Dense([512], Activation.Relu, true) }),
        Changed("no batch normalization", preset => preset with { Network = Network.Dense(256, 256) }),
        Changed("code of 16", preset => preset with { CodeSize = 16 }),
        Changed("300 updates", preset => preset with { Training = preset.Training with { Updates = 300 } }),
    ];

    private static Contestant Changed(string name, Func<DenoisingOptions, DenoisingOptions> change) =>
        Contestant.Denoising(name, change(DenoisingOptions.TableFeatures()));
}
