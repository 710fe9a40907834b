using System.Text.Json.Serialization;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// E c(x, g(z)) + λ MMD²(q(z), p(z)), with q(z) the codes of all rows and the cost c summed over the slots of a row:
/// |x - g(z)|² or the cross-entropy (Tolstikhin et al. 2018, "Wasserstein Auto-Encoders", equation 4 and algorithm 2).
/// </summary>
internal sealed record WassersteinObjective(Likelihood Likelihood, float DiscrepancyWeight, CodePrior Prior)
    : Objective(Likelihood)
{
    [JsonIgnore]
    public override bool ComparesRows => true;

    /// <summary>Part of the loss, and so saved with it.</summary>
    public override CodePrior Prior { get; } = Prior;

    [JsonIgnore]
    public override int MinRows => 2;

    public override void Check(Place place, int codeSize)
    {
        Require.AtLeast(DiscrepancyWeight, 0, place, nameof(DiscrepancyWeight));
        Require.NotNull(Prior, place, nameof(Prior));
        RequireDrawn(place, Prior);
        base.Check(place, codeSize);
    }

    public override IReadOnlyList<ObjectiveStep> Steps() => [new(network => network.Trained, Terms)];

    public override double ReconstructionOfMean(Tensor rows) =>
        Likelihood.RowErrorOfMean(rows) * Likelihood.ColumnsOf(rows.shape[1]);

    private IReadOnlyList<LossTerm> Terms(TrainingPass pass) =>
    [
        new("reconstruction", pass.RowError.mean().Times(Likelihood.ColumnsOf(pass.Target.shape[1]))),
        DiscrepancyToPrior.Of(pass, Prior, DiscrepancyWeight),
    ];
}
