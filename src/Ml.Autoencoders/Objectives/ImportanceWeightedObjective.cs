using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// The negative importance-weighted bound of <paramref name="Samples"/> draws per row (Burda et al. 2016, "Importance
/// Weighted Autoencoders", equation 8). With one draw its mean is the negative evidence lower bound.
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
        CodeDraw draw = pass.Posterior.Draw(Samples, pass.Noise);
        Tensor logLikelihood = pass.LogLikelihoodOf(draw.Codes);        // [K, B, Z] -> [K, B]
        Tensor logPrior = pass.Bound(Prior).LogDensity(draw.Codes);     // [K, B]
        Tensor logWeights = ImportanceWeights.Log(logLikelihood, logPrior, draw.LogDensity);
        Tensor bound = ImportanceWeights.Bound(logWeights);
        return
        [
            new LossTerm("reconstruction", -logLikelihood.mean(), Weight: 0),
            new LossTerm("importance-weighted bound", -bound.mean()),
        ];
    }
}
