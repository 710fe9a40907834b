namespace Ml.Autoencoders.Training;

/// <summary>
/// A fit at one moment, to resume from; complete together with the tensors that <see cref="Trainer.Tensors"/> names.
/// </summary>
/// <param name="Progress">How far it has come.</param>
/// <param name="OptimizerSteps">Of each group of weights.</param>
/// <param name="Random">The states of <see cref="FitRandom"/>.</param>
internal sealed record FitState(FitProgress Progress, IReadOnlyList<int> OptimizerSteps, IReadOnlyList<byte[]> Random);
