using System.Text.Json.Serialization;
using Ml.Autoencoders.Likelihoods;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// -E ln p(x|z) + (1 - α) KL(q(z|x) || p(z)) + (α + λ - 1) MMD²(q(z), p(z)), with q(z) the mean of q(z|x) over all rows
/// (Zhao et al. 2019, "InfoVAE: Balancing Learning and Inference in Variational Autoencoders", equation 6, with MMD²
/// for the divergence between the two).
/// </summary>
internal sealed record InfoVariationalObjective(Likelihood Likelihood, float Alpha, float DiscrepancyWeight)
    : EvidenceObjective(Likelihood)
{
    [JsonIgnore]
    public override bool ComparesRows => true;

    [JsonIgnore]
    public override int MinRows => 2;

    public override void Check(Place place, int codeSize)
    {
        Require.AtMost(Alpha, 1, place, nameof(Alpha));
        Require.Finite(DiscrepancyWeight, place, nameof(DiscrepancyWeight));
        if ((double)Alpha + DiscrepancyWeight < 1)
            throw place.Fault(FormattableString.Invariant(
                $"Alpha is {Alpha} and DiscrepancyWeight is {DiscrepancyWeight}; together they must be at least 1."));
        base.Check(place, codeSize);
    }

    protected override IReadOnlyList<LossTerm> Terms(TrainingPass pass) =>
    [
        Reconstruction(pass),
        new("kl", Divergence(pass).sum([1]).mean(), 1 - (double)Alpha),
        DiscrepancyToPrior.Of(pass, Prior, (double)Alpha + DiscrepancyWeight - 1),
    ];
}
