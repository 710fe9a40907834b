using Ml.Autoencoders;

namespace Anomalies;

/// <summary>What the command line says.</summary>
internal sealed record Settings(int Epochs, string OutputFolder)
{
    public const int Seed = 1;

    public TrainingOptions Training(Action<TrainingEpoch>? onEpoch) => new()
    {
        Epochs = Epochs,
        LearningRate = 2e-3f,
        Optimizer = OptimizerKind.AdamW,
        Schedule = LearningRateSchedule.Cosine(),
        OnEpoch = onEpoch,
    };
}
