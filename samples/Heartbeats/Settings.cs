using Ml.Autoencoders;

namespace Heartbeats;

/// <summary>What the command line says.</summary>
/// <param name="Window">Rows of a window; null for what the data suggests.</param>
/// <param name="UnusualShare">The share of windows that the detector does not learn from.</param>
/// <param name="Score">What the score of a row is.</param>
/// <param name="Epochs">Of every fit; null for as many as each is meant to have.</param>
/// <param name="OutputFolder">For the picture and the file of alarms.</param>
internal sealed record Settings(int? Window, float UnusualShare, WindowScore Score, int? Epochs,
    string OutputFolder)
{
    public const int Seed = 1;

    private const int Updates = 800;
    private const int LongUpdates = 1500;

    /// <summary>For the detector that finds what is unusual at first sight.</summary>
    public TrainingOptions Short(Action<TrainingEpoch> onEpoch) => Training(Updates, onEpoch);

    /// <summary>For the detector that learns what is usual.</summary>
    public TrainingOptions Long(Action<TrainingEpoch> onEpoch) => Training(LongUpdates, onEpoch);

    private TrainingOptions Training(int updates, Action<TrainingEpoch> onEpoch) => new()
    {
        Epochs = Epochs,
        Updates = Epochs is null ? updates : null,
        LearningRate = 2e-3f,
        Schedule = LearningRateSchedule.Cosine(),
        OnEpoch = onEpoch,
    };
}
