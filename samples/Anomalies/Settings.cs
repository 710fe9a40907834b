using Ml.Autoencoders;

namespace Anomalies;

/// <summary>What the command line says.</summary>
/// <param name="Epochs">Of every fit; null for as many as each is meant to have.</param>
/// <param name="OutputFolder">For pictures and files.</param>
internal sealed record Settings(int? Epochs, string OutputFolder)
{
    public const int Seed = 1;

    private const int LongFit = 30;

    public int DigitEpochs => Epochs ?? LongFit;

    public TrainingOptions OfDigits(Action<TrainingEpoch>? onEpoch) => new()
    {
        Epochs = DigitEpochs,
        LearningRate = 2e-3f,
        Optimizer = OptimizerKind.AdamW,
        Schedule = LearningRateSchedule.Cosine(),
        OnEpoch = onEpoch,
    };

    /// <summary>For tables: as the detector chooses, unless the command line says how long.</summary>
    public TrainingOptions Chosen(Action<TrainingEpoch>? onEpoch) => new() { Epochs = Epochs, OnEpoch = onEpoch };
}
