using Ml.Autoencoders.Networks;
using TorchSharp.Modules;

namespace Ml.Autoencoders.Objectives;

/// <summary>One update within a batch.</summary>
/// <param name="Moves">The weights that may move.</param>
/// <param name="Loss">What they minimize: the weighted sum of the terms.</param>
/// <param name="IsWatched">Whether the terms count toward the loss that epochs are compared by. Those of two
/// networks that work against each other do not: one rises when the other falls.</param>
/// <param name="Rate">What the learning rate is multiplied by. The weights of terms cannot do that: an optimizer that
/// divides a gradient by its usual size, as Adam does, ignores the scale of a loss.</param>
internal sealed record ObjectiveStep(
    Func<BoundNetwork, IEnumerable<Parameter>> Moves,
    Func<TrainingPass, IReadOnlyList<LossTerm>> Loss,
    bool IsWatched = true,
    double Rate = 1);
