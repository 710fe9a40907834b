namespace Ml.Autoencoders.Benchmarks;

/// <summary>What was tried, one thing at a time and then together.</summary>
internal static class FeatureCandidates
{
    private const ReconstructionLoss CrossEntropy = ReconstructionLoss.BinaryCrossEntropy;

    private static readonly Corruption Mask = Corruption.Masking(0.3f);

    private static readonly Corruption Warp = Corruption.Warp(0.4f, 0.4f, 0.2f);

    private static readonly Corruption Slant = Corruption.Warp(0.4f, 0.4f, 0.2f, 0.3f);

    public static IReadOnlyList<FeatureCandidate> All { get; } =
    [
        new("no corruption", Corruption.None),
        new("half masked", Corruption.Masking(0.5f)),
        new("half masked, standardized", Corruption.Masking(0.5f)) { Scaling = InputScaling.Standardize },
        new("warp 0.3", Corruption.Warp(0.3f, 0.3f, 0.2f)),
        new("warp", Warp),
        new("warp, shift 0.3", Corruption.Warp(0.4f, 0.4f, 0.3f)),
        new("warp, shear 0.3", Slant),
        new("warp, mask", Warp.Then(Mask)),
        new("warp, Gelu", Warp) { Network = Dense(Activation.Gelu, 512, 256) },
        new("warp, 1024-512", Warp) { Network = Dense(Activation.Relu, 1024, 512) },
        new("warp, 512-512-256", Warp) { Network = Dense(Activation.Relu, 512, 512, 256) },
        new("warp, 512", Warp) { Network = Dense(Activation.Relu, 512) },
        new("warp, linear decoder", Warp)
        {
            Network = Network.Compose(encoder => Encode(encoder), decoder => decoder.Linear(784)),
        },
        new("warp, cross-entropy", Warp) { Loss = CrossEntropy },
        new("warp, cross-entropy, linear decoder", Warp)
        {
            Loss = CrossEntropy,
            Network = Network.Compose(encoder => Encode(encoder), decoder => decoder.Linear(784)),
        },
        new("warp, cross-entropy, batch norm on the code", Warp)
        {
            Loss = CrossEntropy,
            Network = Network.Compose(encoder => Encode(encoder).Linear(FeatureCandidate.CodeSize).BatchNorm(), Decode),
        },
        new("warp, cross-entropy, convolutional", Warp)
        {
            Loss = CrossEntropy,
            Network = Convolutional(Activation.Relu, 16, 32),
        },
        new("warp, cross-entropy, variational", Warp) { Loss = CrossEntropy, Variational = true },
        new("warp, cross-entropy, weight decay 0.1", Warp) { Loss = CrossEntropy, WeightDecay = 0.1f },
        new("warp, cross-entropy, rate 0.005", Warp) { Loss = CrossEntropy, LearningRate = 5e-3f },
        new("warp, shear 0.3, mask, cross-entropy", Slant.Then(Mask)) { Loss = CrossEntropy },
        new("warp, mask, cross-entropy, Gelu, 1024-512", Warp.Then(Mask))
        {
            Loss = CrossEntropy,
            Network = Dense(Activation.Gelu, 1024, 512),
        },
        new("warp, mask, cross-entropy, Gelu, convolutional", Warp.Then(Mask))
        {
            Loss = CrossEntropy,
            Network = Convolutional(Activation.Gelu, 16, 32),
        },
        new("warp, mask, cross-entropy, Gelu, wide convolutional", Warp.Then(Mask))
        {
            Loss = CrossEntropy,
            Network = Convolutional(Activation.Gelu, 32, 64),
        },
    ];

    private static Network Dense(Activation activation, params int[] hidden) =>
        Network.Dense(hidden, activation, batchNorm: true);

    private static Network Convolutional(Activation activation, params int[] filters) =>
        Network.Convolutional(28, 28, filters: filters, activation: activation, batchNorm: true);

    private static LayerList Encode(LayerList layers) =>
        layers.Linear(512).BatchNorm().Relu().Linear(256).BatchNorm().Relu();

    private static void Decode(LayerList layers) =>
        layers.Linear(256).BatchNorm().Relu().Linear(512).BatchNorm().Relu();
}
