using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>A network that is trained by hand and by the pipeline.</summary>
/// <param name="Name">On the command line and in the table.</param>
/// <param name="Bound">What the pipeline's share of the time by hand must not exceed.</param>
/// <param name="ByHand">The TorchSharp modules and their loss.</param>
/// <param name="Estimator">The same for the pipeline, for a number of epochs.</param>
internal sealed record TrainingContest(string Name, double Bound,
    Func<(nn.Module Network, Func<Tensor, Tensor> Loss)> ByHand, Func<AutoencoderCatalog, int, AutoencoderEstimator> Estimator)
{
    /// <summary>784-128-64-32 and back.</summary>
    public static TrainingContest Dense { get; } = new("dense", 0.75, PlainNetworks.Dense, (catalog, epochs) => catalog.Plain("Code", "Pixels", new()
    {
        CodeSize = 32,
        Network = Network.Dense(128, 64),
        Training = new() { Epochs = epochs, BatchSize = PlainLoop.BatchRows },
    }));

    public static IReadOnlyList<TrainingContest> All { get; } =
    [
        Dense,
        new("variational", 0.80, PlainNetworks.Variational, (catalog, epochs) => catalog.Variational("Code", "Pixels", new()
        {
            CodeSize = 20,
            Network = Network.Dense(400),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Training = new() { Epochs = epochs, BatchSize = PlainLoop.BatchRows },
        })),
        new("convolutional", 0.60, PlainNetworks.Convolutional, (catalog, epochs) => catalog.Plain("Code", "Pixels", new()
        {
            CodeSize = 32,
            Network = Network.Convolutional(28, 28, filters: [16, 32]),
            Training = new() { Epochs = epochs, BatchSize = PlainLoop.BatchRows },
        })),
    ];
}
