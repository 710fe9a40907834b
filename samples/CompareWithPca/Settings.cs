using Ml.Autoencoders;

namespace CompareWithPca;

/// <summary>What the command line says.</summary>
internal sealed record Settings(int Rows, int Epochs, int[] CodeSizes, string DataFolder, string OutputFolder)
{
    public const int Seed = 1;

    /// <summary>Batch normalization, because it trains in fewer epochs.</summary>
    public static Network Network { get; } = Network.Dense([512, 256], Activation.Relu, batchNorm: true);

    public TrainingOptions Training(Action<TrainingEpoch> onEpoch) => new()
    {
        Epochs = Epochs,
        BatchSize = 256,
        LearningRate = 2e-3f,
        Optimizer = OptimizerKind.AdamW,
        Schedule = LearningRateSchedule.Cosine(),
        Seed = Seed,
        OnEpoch = onEpoch,
    };
}
