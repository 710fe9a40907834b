namespace Ml.Autoencoders.Training;

/// <summary>What a fit calls on its way.</summary>
/// <param name="Report">Behind every epoch.</param>
/// <param name="CheckAlive">Before every batch; throws to end the fit.</param>
/// <param name="Save">Whenever a checkpoint is due.</param>
internal sealed record TrainingCalls(Action<TrainingEpoch> Report, Action CheckAlive, Action<Trainer> Save);
