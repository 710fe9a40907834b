using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>ln p(x) from several draws of the code.</summary>
internal static class ImportanceWeights
{
    /// <summary>ln w = ln p(x|z) + ln p(z) - ln q(z|x), in nats: <c>[K, B]</c>, <c>[K, B]</c>, <c>[K, B]</c> to
    /// <c>[K, B]</c>.</summary>
    /// <remarks>Burda et al. 2016, "Importance Weighted Autoencoders", section 3.</remarks>
    /// <param name="logLikelihood">ln p(x|z).</param>
    /// <param name="logPrior">ln p(z).</param>
    /// <param name="logPosterior">ln q(z|x).</param>
    public static Tensor Log(Tensor logLikelihood, Tensor logPrior, Tensor logPosterior) =>
        logLikelihood.Plus(logPrior) - logPosterior;

    /// <summary>
    /// ln (1/K) Σ_k w_k, whose mean is at most ln p(x) and rises with K: <c>[K, B]</c> to <c>[B]</c>.
    /// </summary>
    /// <remarks>Burda et al. 2016, equation 8 and theorem 1.</remarks>
    public static Tensor Bound(Tensor logWeights) => logWeights.logsumexp(0).Minus(Math.Log(logWeights.shape[0]));
}
