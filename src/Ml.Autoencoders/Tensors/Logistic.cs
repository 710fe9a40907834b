using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>s(x) = 1 / (1 + exp(-x)) in prediction.</summary>
/// <remarks>Torch's own computes what is left of a tensor after its last whole vectors in another way, with other last
/// bits: so a number would depend on its place, and a row on those beside it. Each of the steps here gives the same
/// bits everywhere.</remarks>
internal static class Logistic
{
    public static Tensor Of(Tensor x) => x.neg().exp().Plus(1).reciprocal();
}
