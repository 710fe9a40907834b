using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>A network that is trained by hand and by the pipeline.</summary>
/// <param name="Name">On the command line and in the table.</param>
/// <param name="Bound">What the pipeline's share of the time by hand must not exceed.</param>
/// <param name="ByHand">The TorchSharp modules and their loss.</param>
/// <param name="Make">The same for the pipeline.</param>
internal sealed record TrainingContest(string Name, double Bound,
    Func<(nn.Module Network, Func<Tensor, Tensor> Loss)> ByHand,
    Func<AutoencoderCatalog, TrainingOptions, AutoencoderEstimator> Make)
{
    /// <summary>784-128-64-32 and back.</summary>
    public static TrainingContest Dense { get; } = new("dense", 0.75, PlainNetworks.Dense,
        (catalog, training) => catalog.Plain("Code", "Pixels", new()
        {
            CodeSize = 32,
            Network = Network.Dense(128, 64),
            Training = training,
        }));

    public static IReadOnlyList<TrainingContest> All { get; } =
    [
        Dense,
        new("variational", 0.80, PlainNetworks.Variational,
            (catalog, training) => catalog.Variational("Code", "Pixels", new()
        {
            CodeSize = 20,
            Network = Network.Dense(400),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Training = training,
        })),
        new("convolutional", 0.60, PlainNetworks.Convolutional,
            (catalog, training) => catalog.Plain("Code", "Pixels", new()
        {
            CodeSize = 32,
            Network = Network.Convolutional(28, 28, filters: [16, 32]),
            Training = training,
        })),
    ];

    /// <summary>The estimator for a number of epochs, with the batches of the loop by hand.</summary>
    /// <param name="catalog">Where it comes from.</param>
    /// <param name="epochs">Passes over the rows.</param>
    /// <param name="held">The share of the rows that is measured on.</param>
    public AutoencoderEstimator Estimator(AutoencoderCatalog catalog, int epochs, float held = 0) =>
        Make(catalog, new() { Epochs = epochs, BatchSize = PlainLoop.BatchRows, ValidationFraction = held });
}
