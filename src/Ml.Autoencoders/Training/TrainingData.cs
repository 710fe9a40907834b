using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Training;

/// <summary>Rows in the network's units on the training device; those to learn from and those to measure on.</summary>
internal sealed record TrainingData(RowBatch Training, RowBatch? Validation);
