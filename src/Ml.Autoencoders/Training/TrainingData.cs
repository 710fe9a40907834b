namespace Ml.Autoencoders.Training;

/// <summary>The rows to learn from, and those to measure on.</summary>
internal sealed record TrainingData(ITrainingRows Training, ITrainingRows? Validation);
