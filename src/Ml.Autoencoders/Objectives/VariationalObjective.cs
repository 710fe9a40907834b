using System.Text.Json.Serialization;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// The negative evidence lower bound, -E ln p(x|z) + β KL(q(z|x) || p(z)) (Kingma and Welling 2014, equation 7; β:
/// Higgins et al. 2017, "beta-VAE", equation 4). With free bits each dimension's KL, a mean over the batch, counts only
/// beyond λ (Kingma et al. 2016, "Improved Variational Inference with Inverse Autoregressive Flow", equation 15).
/// </summary>
internal sealed record VariationalObjective(Likelihood Likelihood, float Beta, KlWarmup Warmup, float FreeBits)
    : EvidenceObjective(Likelihood)
{
    /// <summary>
    /// Free bits are a bound of the mean over the batch; where a row's divergence is one number, of
    /// all dimensions together.
    /// </summary>
    [JsonIgnore]
    public override bool ComparesRows => FreeBits > 0;

    public override void Check(Place place, int codeSize)
    {
        Require.AtLeast(Beta, 0, place, nameof(Beta));
        Require.NotNull(Warmup, place, nameof(Warmup));
        Warmup.Check(place.Part(nameof(Warmup)));
        Require.AtLeast(FreeBits, 0, place, nameof(FreeBits));
        base.Check(place, codeSize);
    }

    protected override IReadOnlyList<LossTerm> Terms(TrainingPass pass)
    {
        Tensor divergence = Divergence(pass).mean([0]); // [parts]
        if (FreeBits > 0)
            divergence = divergence.AtLeast(FreeBits * (double)pass.Code.shape[1] / divergence.shape[0]);
        double share = pass.Moment is { } moment ? Warmup.Share(moment) : 1;
        return [Reconstruction(pass), new LossTerm("kl", divergence.sum(), Beta, share)];
    }
}
