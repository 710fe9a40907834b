namespace Ml.Autoencoders.Tests;

/// <summary>Options small enough for a test to fit in a second.</summary>
internal static class Small
{
    public static Network Network { get; } = Network.Dense(8);

    public static TrainingOptions Training(int epochs = 3, Action<TrainingEpoch>? onEpoch = null) =>
        new() { Epochs = epochs, BatchSize = 16, LearningRate = 1e-2f, Seed = 7, OnEpoch = onEpoch };
}
