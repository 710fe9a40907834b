using Microsoft.ML;

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
        VicReg("VICReg", vicReg => vicReg),
        VicReg("VICReg, swap noise 0.3", vicReg => vicReg with { Corruption = Corruption.Swap(0.3f) }),
        VicReg("VICReg, code of 256", vicReg => vicReg with { CodeSize = 256 }),
        VicReg("VICReg, reconstruction beside it", vicReg => vicReg with { ReconstructionWeight = 25 }),
    ];

    private static Contestant Changed(string name, Func<DenoisingOptions, DenoisingOptions> change) =>
        Contestant.Denoising(name, change(DenoisingOptions.TableFeatures()));

    /// <summary>Another objective; what else the rule of the preset chooses is the same.</summary>
    private static Contestant VicReg(string name, Func<VicRegOptions, VicRegOptions> change)
    {
        DenoisingOptions preset = DenoisingOptions.TableFeatures();
        VicRegOptions options = change(new()
        {
            Corruption = preset.Corruption,
            Output = preset.Output,
            Rule = preset.Rule,
        });
        return new(name, (ml, seed) => ml.Transforms.Autoencoders.VicReg("Features", "Row",
            options with { Training = options.Training with { Seed = seed } }));
    }

    private static Network Normalized(params int[] sizes) => Network.Dense(sizes, Activation.Relu, batchNorm: true);
}
