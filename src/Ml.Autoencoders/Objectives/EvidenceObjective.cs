using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// What the objectives of variational autoencoders share: codes that are random variables, a prior, and rows measured
/// by their probability, in nats per row.
/// </summary>
internal abstract record EvidenceObjective(Likelihood Likelihood) : Objective(Likelihood)
{
    [JsonIgnore]
    public sealed override CodePrior Prior => OtherPrior ?? CodePrior.Normal;

    /// <summary>The prior where it is not the standard normal one, which files do not name.</summary>
    [JsonPropertyName("prior")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CodePrior? OtherPrior { get; init => field = value == CodePrior.Normal ? null : value; }

    [JsonIgnore]
    public sealed override bool MeasuresProbability => true;

    public override string? Lacks(Bottleneck bottleneck) =>
        bottleneck.HasPosterior ? base.Lacks(bottleneck) : "codes that are random variables";

    public sealed override IReadOnlyList<ObjectiveStep> Steps() => [new(network => network.Trained, Terms)];

    public sealed override double ReconstructionOfMean(Tensor rows) =>
        Likelihood.NegativeLogProbabilityOfMean(Likelihood.ErrorOfMean(rows), rows.shape[1]) * ShareObserved(rows);

    protected abstract IReadOnlyList<LossTerm> Terms(TrainingPass pass);

    /// <summary>The share of the columns of rows that are not missing.</summary>
    private double ShareObserved(Tensor rows)
    {
        using var scope = NewDisposeScope();
        GappedRows<TorchArray> found = Likelihood.Gapped<TorchArray>(rows, mayHaveGaps: true);
        return found.Observed!.Value.Tensor.mean().item<float>() / found.Whole;
    }

    /// <summary>The mean of -ln p(x|z).</summary>
    protected static LossTerm Reconstruction(TrainingPass pass) => new("reconstruction", -pass.LogLikelihood.mean());

    /// <summary>KL(q(z|x) || p(z)) of each row, in parts that add up: <c>[B, parts]</c>.</summary>
    protected Tensor Divergence(TrainingPass pass) => pass.Bound(Prior).DivergenceOf(pass.Posterior, pass.Draw);
}
