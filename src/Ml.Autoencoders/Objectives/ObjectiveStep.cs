using Ml.Autoencoders.Networks;
using TorchSharp.Modules;

namespace Ml.Autoencoders.Objectives;

/// <summary>One update within a batch.</summary>
/// <param name="Moves">The weights that may move.</param>
/// <param name="Loss">What they move for: the weighted sum of the terms goes down.</param>
internal sealed record ObjectiveStep(
    Func<NetworkWeights, IEnumerable<Parameter>> Moves,
    Func<TrainingPass, IReadOnlyList<LossTerm>> Loss);
