using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>What the divergence of codes from the prior is made of.</summary>
internal static class TotalCorrelation
{
    /// <summary>
    /// The mean of ln q(z|x) - ln p(z) over a batch in three parts, in nats, with q(z) the mean of q(z|x) over all
    /// training rows x: what a code tells about its row (ln q(z|x) - ln q(z)), how much the code's numbers depend on
    /// each other (ln q(z) - Σ_j ln q(z_j)), how far their product is from the prior (Σ_j ln q(z_j) - ln p(z)). Each is
    /// a scalar, and their sum is exact whatever the estimate of q(z).
    /// </summary>
    /// <param name="posterior">q(z|x) of the batch's rows, <c>[M, Z]</c>.</param>
    /// <param name="z">One draw from each, <c>[M, Z]</c>.</param>
    /// <param name="logPrior">ln p(z): <c>[M, Z]</c> to <c>[M]</c>.</param>
    /// <remarks>
    /// <para>Chen et al. 2018, "Isolating Sources of Disentanglement in Variational Autoencoders": the parts are those
    /// of equation 2; q(z_i) is estimated by the batch, 1/M Σ_k q(z_i|x_k), and likewise each q(z_ij).</para>
    /// <para>It is exact when the batch is all of the training rows. Otherwise each row weighs too much in the
    /// estimate at its own code, so that the first part is at most ln M. The paper's minibatch-weighted sampling
    /// divides by the number N of training rows, too; that adds ln N, (Z - 1) ln N and -Z ln N to the parts and
    /// leaves every gradient as it is.</para>
    /// </remarks>
    public static (Tensor MutualInformation, Tensor TotalCorrelation, Tensor DimensionWise) Decompose(
        DiagonalGaussian<TorchArray> posterior, Tensor z, Func<Tensor, Tensor> logPrior)
    {
        (long rows, long codeSize) = (z.shape[0], z.shape[1]);
        double logCount = Math.Log(rows);
        Tensor[] all = [posterior.Mean, posterior.LogVariance, z];
        Tensor[] sums = RowBlocks.Sum(rows, rows * codeSize, all, (inputs, start, size) =>
        {
            // [m, 1, Z] under [M, Z] -> [m, M, Z]: z_i given x_k
            Tensor draws = inputs[2].narrow(0, start, size).unsqueeze(1);
            Tensor pairs = new DiagonalGaussian<TorchArray>(inputs[0], inputs[1]).LogDensities(draws);
            Tensor joints = pairs.sum([2]).logsumexp(1).Minus(logCount);     // [m, M, Z] -> [m, M] -> [m]
            Tensor products = pairs.logsumexp(1).Minus(logCount).sum([1]);   // [m, M, Z] -> [m, Z] -> [m]
            return [joints.sum(), products.sum()];
        });
        (Tensor joint, Tensor product) = (sums[0].Over(rows), sums[1].Over(rows));
        return (
            posterior.LogDensity(z).Tensor.mean() - joint,
            joint - product,
            product - logPrior(z).mean());
    }
}
