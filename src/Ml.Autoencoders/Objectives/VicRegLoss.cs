using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// The three parts of variance-invariance-covariance regularization (Bardes, Ponce, LeCun 2022, "VICReg", section 4.1)
/// for embeddings of the rows of a batch, <c>[B, E]</c>, each a scalar. Sums over the numbers of an embedding are
/// divided by E, those of the invariance as well, as in the authors' code; the paper's equation 5 leaves that out.
/// </summary>
internal static class VicRegLoss
{
    /// <summary>Keeps the gradient of the square root finite, as in the paper.</summary>
    private const double Epsilon = 1e-4;

    /// <summary>(1/BE) Σ |y_i - z_i|², of two embeddings of each row.</summary>
    public static Tensor Invariance(Tensor one, Tensor other) => Losses.MeanSquaredError(one, other).mean();

    /// <summary>
    /// (1/E) Σ_j max(0, 1 - √(Var z_j + 0.0001)), equations 1 and 2, with the variance over the batch divided by B - 1:
    /// 0 where every number of the embedding deviates by at least 1.
    /// </summary>
    public static Tensor Variance(Tensor embeddings)
    {
        Tensor variances = Centered(embeddings).Squared().sum([0]).Over(embeddings.shape[0] - 1);
        return variances.Plus(Epsilon).sqrt().neg().Plus(1).relu().mean();
    }

    /// <summary>(1/E) Σ_j≠k Cov(z_j, z_k)², equations 3 and 4: 0 where the numbers do not correlate.</summary>
    public static Tensor Covariance(Tensor embeddings)
    {
        Tensor centered = Centered(embeddings);
        Tensor covariances = centered.t().mm(centered).Over(embeddings.shape[0] - 1); // [E, E]
        return covariances.triu(1).Squared().sum().Times(2).Over(embeddings.shape[1]);
    }

    private static Tensor Centered(Tensor embeddings) => embeddings - embeddings.mean([0], keepdim: true);
}
