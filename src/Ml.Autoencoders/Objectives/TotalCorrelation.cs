using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>What the divergence of codes from the prior is made of.</summary>
internal static class TotalCorrelation
{
    /// <summary>
    /// The mean of ln q(z|x) - ln p(z) over a batch in three parts, in nats, with q(z) the mean of q(z|x) over all
    /// training rows x: what a code tells of its row (ln q(z|x) - ln q(z)), how much the code's numbers depend on each
    /// other (ln q(z) - Σ_j ln q(z_j)), how far each is from N(0, 1) (Σ_j ln q(z_j) - ln p(z_j)). Each is a scalar, and
    /// their sum is exact whatever the estimate of q(z).
    /// </summary>
    /// <param name="posterior">q(z|x) of the batch's rows, <c>[M, Z]</c>.</param>
    /// <param name="z">One draw from each, <c>[M, Z]</c>.</param>
    /// <param name="rows">The number N of training rows.</param>
    /// <remarks>
    /// <para>Chen et al. 2018, "Isolating Sources of Disentanglement in Variational Autoencoders": the parts are those of
    /// equation 2, the estimate is the minibatch-weighted sampling of section 3.1 and appendix C.1,
    /// q(z_i) ≈ 1/(N M) Σ_k q(z_i|x_k) over the batch, and likewise for each q(z_ij).</para>
    /// <para>The estimate is low, and its own row weighs too much in it: with the other rows of the batch drawn
    /// independently its mean is q(z_i|x_i) / (N M) + (1 - 1/M) q(z_i) / N, and when the batch is all of the training rows
    /// it is q(z_i) / N. So as M grows the three parts tend to the true ones plus ln N, (Z - 1) ln N and -Z ln N. Those
    /// are constants: N moves the numbers that are reported and never a gradient.</para>
    /// </remarks>
    public static (Tensor MutualInformation, Tensor TotalCorrelation, Tensor DimensionWise) Decompose(
        DiagonalGaussian posterior, Tensor z, long rows)
    {
        double logCount = Math.Log(rows) + Math.Log(z.shape[0]);
        Tensor pairs = posterior.LogDensities(z.unsqueeze(1)); // [M, 1, Z] under [M, Z] -> [M, M, Z]: z_i given x_k
        Tensor joint = pairs.sum([2]).logsumexp(1) - logCount; // [M, M, Z] -> [M, M] -> [M]
        Tensor product = (pairs.logsumexp(1) - logCount).sum([1]); // [M, M, Z] -> [M, Z] -> [M]
        return (
            (posterior.LogDensity(z) - joint).mean(),
            (joint - product).mean(),
            (product - DiagonalGaussian.StandardLogDensity(z)).mean());
    }
}
