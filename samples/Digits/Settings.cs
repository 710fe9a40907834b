using Ml.Autoencoders;

namespace Digits;

/// <summary>What the command line says.</summary>
internal sealed record Settings(int Epochs, int? Rows, int CodeSize, string NetworkKind, string DataFolder,
    string OutputFolder)
{
    public const string Dense = "dense";
    public const string Convolutional = "conv";

    /// <summary>
    /// Batch normalization, because it trains in fewer epochs. The loss, the cross-entropy of gray values, puts a
    /// sigmoid at the decoder's end by itself.
    /// </summary>
    public Network Network(int height, int width) => NetworkKind == Convolutional
        ? Ml.Autoencoders.Network.Convolutional(height, width, filters: [16, 32], batchNorm: true)
        : Ml.Autoencoders.Network.Dense([512, 256], Activation.Relu, batchNorm: true);

    public static TrainingOptions Training(int epochs, Action<TrainingEpoch> onEpoch) => new()
    {
        Epochs = epochs,
        BatchSize = 256,
        LearningRate = 2e-3f,
        Optimizer = OptimizerKind.AdamW,
        Schedule = LearningRateSchedule.Cosine(),
        OnEpoch = onEpoch,
    };
}
