using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// -E ln p(x|z) + α I(z; x) + β TC(z) + γ Σ_j KL(q(z_j) || p(z_j)): the evidence lower bound, with a weight on
/// each part of the divergence (Chen et al. 2018, "Isolating Sources of Disentanglement in Variational
/// Autoencoders", equation 4).
/// </summary>
internal sealed record TotalCorrelationObjective(Likelihood Likelihood, float MutualInformationWeight, float Beta,
    float DimensionWiseWeight)
    : EvidenceObjective(Likelihood)
{
    [JsonIgnore]
    public override bool ComparesRows => true;

    public override void Check(Place place, int codeSize)
    {
        Require.AtLeast(MutualInformationWeight, 0, place, nameof(MutualInformationWeight));
        Require.AtLeast(Beta, 0, place, nameof(Beta));
        Require.AtLeast(DimensionWiseWeight, 0, place, nameof(DimensionWiseWeight));
        base.Check(place, codeSize);
    }

    public override string? Lacks(Bottleneck bottleneck) => bottleneck.HasIndependentNumbers
        ? base.Lacks(bottleneck) : "codes that are normal variables, independent of each other";

    protected override IReadOnlyList<LossTerm> Terms(TrainingPass pass)
    {
        (Tensor information, Tensor correlation, Tensor dimensions) = TotalCorrelation.Decompose(
            (DiagonalGaussian<TorchArray>)pass.Posterior, pass.Code, pass.Bound(Prior).LogDensity);
        return
        [
            Reconstruction(pass),
            new("mutual information", information, MutualInformationWeight),
            new("total correlation", correlation, Beta),
            new("dimension-wise kl", dimensions, DimensionWiseWeight),
        ];
    }
}
