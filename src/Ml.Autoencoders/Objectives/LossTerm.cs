using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>One summand of a loss.</summary>
/// <param name="Name">Its name in the history.</param>
/// <param name="Value">A scalar tensor, the mean over the rows of a batch.</param>
/// <param name="Weight">What it is multiplied by in the sum. With 0 it is only reported.</param>
/// <param name="Share">How much of the weight counts in the gradient so far, while a term is phased in. The loss that
/// is reported has the full weight, so that epochs compare.</param>
internal readonly record struct LossTerm(string Name, Tensor Value, double Weight = 1, double Share = 1)
{
    /// <summary>The term as it counts in the gradient.</summary>
    public Tensor Weighted => Weight * Share is var factor && factor == 1 ? Value : Value.Times(factor);
}
