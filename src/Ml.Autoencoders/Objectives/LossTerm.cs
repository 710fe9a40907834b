using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>One summand of a loss.</summary>
/// <param name="Name">What the history calls it.</param>
/// <param name="Value">A scalar tensor, the mean over the rows of a batch.</param>
/// <param name="Weight">What it is multiplied by in the sum. With 0 it is only reported.</param>
/// <param name="Share">How much of the weight the gradient sees by now, while a term is phased in. The loss that is
/// reported has the whole, so that epochs compare.</param>
internal readonly record struct LossTerm(string Name, Tensor Value, double Weight = 1, double Share = 1)
{
    /// <summary>What the gradient sees.</summary>
    public Tensor Weighted => Weight * Share is var factor && factor == 1 ? Value : Value.Times(factor);
}
