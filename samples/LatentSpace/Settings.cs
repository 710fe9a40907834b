using Ml.Autoencoders;

namespace LatentSpace;

/// <summary>What the command line says.</summary>
internal sealed record Settings(int Epochs, int? Rows, string DataFolder, string OutputFolder)
{
    /// <summary>Batch normalization, because it trains in fewer epochs.</summary>
    public static Network Network { get; } = Network.Dense([512, 256], Activation.Relu, batchNorm: true);

    public TrainingOptions Training(Action<TrainingEpoch> onEpoch) => new()
    {
        Epochs = Epochs,
        BatchSize = 256,
        LearningRate = 2e-3f,
        Optimizer = OptimizerKind.AdamW,
        Schedule = LearningRateSchedule.Cosine(),
        OnEpoch = onEpoch,
    };
}
