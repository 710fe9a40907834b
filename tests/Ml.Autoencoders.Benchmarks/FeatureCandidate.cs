using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// A way to make codes for a classifier: what differs from a plain autoencoder 784-512-256-32 with batch normalization,
/// AdamW, and a learning rate that goes down along a cosine.
/// </summary>
/// <param name="Name">For the table.</param>
/// <param name="Corruption">What the encoder sees in training.</param>
internal sealed record FeatureCandidate(string Name, Corruption Corruption)
{
    public const int CodeSize = 32;

    public Network Network { get; init; } = Network.Dense([512, 256], Activation.Relu, batchNorm: true);

    public ReconstructionLoss Loss { get; init; } = ReconstructionLoss.MeanSquaredError;

    public InputScaling Scaling { get; init; } = InputScaling.None;

    public int BatchSize { get; init; } = 256;

    public float LearningRate { get; init; } = 2e-3f;

    public float WeightDecay { get; init; }

    /// <summary>Whether codes are normal variables (with β = 1).</summary>
    public bool Variational { get; init; }

    public AutoencoderEstimator Estimator(MLContext ml, int epochs)
    {
        var image = new ImageFormat(28, 28);
        var training = new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = BatchSize,
            LearningRate = LearningRate,
            WeightDecay = WeightDecay,
            Optimizer = OptimizerKind.AdamW,
            Schedule = LearningRateSchedule.Cosine(),
        };
        return Variational
            ? ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
            {
                CodeSize = CodeSize,
                Network = Network,
                Loss = Loss,
                Corruption = Corruption,
                Image = image,
                Scaling = Scaling,
                Training = training,
            })
            : ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
            {
                CodeSize = CodeSize,
                Network = Network,
                Loss = Loss,
                Corruption = Corruption,
                Image = image,
                Scaling = Scaling,
                Training = training,
            });
    }
}
