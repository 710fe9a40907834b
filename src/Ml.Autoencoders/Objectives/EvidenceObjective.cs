using System.Text.Json.Serialization;
using Ml.Autoencoders.Likelihoods;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// What the objectives of variational autoencoders share: codes that are normal variables, a standard normal prior, and
/// rows measured by their probability, in nats a row.
/// </summary>
internal abstract record EvidenceObjective(Likelihood Likelihood) : Objective(Likelihood)
{
    [JsonIgnore]
    public sealed override CodePrior Prior => CodePrior.Normal;

    [JsonIgnore]
    public sealed override bool NeedsGaussianCode => true;

    public sealed override IReadOnlyList<ObjectiveStep> Steps() => [new(network => network.Trained, Terms)];

    public sealed override double ReconstructionOfMean(Tensor rows) =>
        Likelihood.NegativeLogProbabilityOfMean(Likelihood.ErrorOfMean(rows), rows.shape[1]);

    protected abstract IReadOnlyList<LossTerm> Terms(TrainingPass pass);

    /// <summary>The mean of -ln p(x|z).</summary>
    protected static LossTerm Reconstruction(TrainingPass pass) => new("reconstruction", -pass.LogLikelihood.mean());
}
