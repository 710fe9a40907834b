namespace Ml.Autoencoders.Training;

/// <summary>The calls that a fit makes.</summary>
/// <param name="Report">After every epoch.</param>
/// <param name="CheckAlive">Before every batch; throws to end the fit.</param>
/// <param name="Save">Whenever a checkpoint is due.</param>
internal sealed record TrainingCalls(Action<TrainingEpoch> Report, Action CheckAlive, Action<Trainer> Save);
