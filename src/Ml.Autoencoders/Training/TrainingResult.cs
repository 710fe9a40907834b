namespace Ml.Autoencoders.Training;

/// <summary>How a fit ended.</summary>
/// <param name="History">The epochs that were completed.</param>
/// <param name="KeptEpoch">The epoch whose weights the model has; 0 where it has those of an epoch under way.</param>
/// <param name="WasCanceled">Whether it ended by cancellation.</param>
internal sealed record TrainingResult(IReadOnlyList<TrainingEpoch> History, int KeptEpoch, bool WasCanceled);
