using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>Rows in the network's units, <c>[N, D]</c>, on the training device; those to learn from and those to measure on.</summary>
internal sealed record TrainingData(Tensor Training, Tensor? Validation);
