using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// The negative importance-weighted bound of <paramref name="Samples"/> draws a row (Burda et al. 2016, "Importance Weighted
/// Autoencoders", equation 8). With one draw its mean is the negative evidence lower bound.
/// </summary>
internal sealed record ImportanceWeightedObjective(Likelihood Likelihood, int Samples) : EvidenceObjective(Likelihood)
{
    public override void Check(Place place, int codeSize)
    {
        Require.Within(Samples, 1, Limits.Draws, place, nameof(Samples));
        base.Check(place, codeSize);
    }

    protected override IReadOnlyList<LossTerm> Terms(TrainingPass pass)
    {
        DiagonalGaussian posterior = pass.Posterior;
        Tensor noise = Draws.Normal([Samples, .. posterior.Mean.shape], posterior.Mean.dtype, posterior.Mean.device, pass.Noise);
        Tensor codes = posterior.Sample(noise);             // [K, B, Z]
        Tensor logLikelihood = pass.LogLikelihoodOf(codes); // [K, B]
        Tensor logWeights = ImportanceWeights.Log(logLikelihood, codes, posterior.LogDensityOfDraw(noise));
        Tensor bound = ImportanceWeights.Bound(logWeights);
        return
        [
            new LossTerm("reconstruction", -logLikelihood.mean(), Weight: 0),
            new LossTerm("importance-weighted bound", -bound.mean()),
        ];
    }
}
