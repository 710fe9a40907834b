using System.Text.Json.Serialization;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// Codes that are alike for two corruptions of one row, spread over rows and do not repeat each other, all three
/// measured on embeddings that a second network, the expander, makes of them (<see cref="VicRegLoss"/>). The decoder
/// learns to reconstruct rows from the codes of the first corruption.
/// </summary>
/// <param name="Likelihood">How rows are compared with what the decoder gives.</param>
/// <param name="ExpanderSizes">The sizes of the expander's layers, from the code on; the last is that of the
/// embedding.</param>
/// <param name="InvarianceWeight">Of the distance between the two embeddings of a row.</param>
/// <param name="VarianceWeight">Of the lack of variance, the mean over the two.</param>
/// <param name="CovarianceWeight">Of the covariance, the sum of the two.</param>
/// <param name="ReconstructionWeight">Of the reconstruction. With 0 only the decoder learns from it.</param>
internal sealed record VicRegObjective(Likelihood Likelihood, IReadOnlyList<int> ExpanderSizes, float InvarianceWeight,
    float VarianceWeight, float CovarianceWeight, float ReconstructionWeight) : Objective(Likelihood)
{
    /// <summary>The prefix of the names of the expander's tensors.</summary>
    public const string ExpanderName = "expander";

    private CodeNetwork Expander => new(ExpanderName, ExpanderSizes, Activation.Relu);

    [JsonIgnore]
    public override bool ComparesRows => true;

    [JsonIgnore]
    public override int MinRows => 2;

    public override void Check(Place place, int codeSize)
    {
        string option = place.IsEntry ? nameof(ExpanderSizes) : "Expander";
        Require.NotNull(ExpanderSizes, place, option);
        Require.Sizes(ExpanderSizes, Limits.Width, place, option);
        if (ExpanderSizes.Count == 0)
            throw place.Error(option, "is empty; it must have at least one size.");
        Expander.Check(place, option, ExpanderSizes, codeSize);
        Require.Above(InvarianceWeight, 0, place, nameof(InvarianceWeight));
        Require.Above(VarianceWeight, 0, place, nameof(VarianceWeight));
        Require.AtLeast(CovarianceWeight, 0, place, nameof(CovarianceWeight));
        Require.AtLeast(ReconstructionWeight, 0, place, nameof(ReconstructionWeight));
        base.Check(place, codeSize);
    }

    public override IReadOnlyList<ObjectiveStep> Steps() => [new(network => network.Trained, Terms)];

    public override IEnumerable<ParameterSpec> Parameters(NetworkPlan network) =>
        Expander.Parameters(network.CodeSize);

    public override double ReconstructionOfMean(Tensor rows) => Likelihood.RowErrorOfMean(rows);

    private IReadOnlyList<LossTerm> Terms(TrainingPass pass)
    {
        Tensor code = ReconstructionWeight == 0 ? pass.Code.detach() : pass.Code;
        (Tensor one, Tensor other) = (Expander.Run(pass.Code, pass), Expander.Run(pass.CodeOfOtherView, pass));
        return
        [
            new("reconstruction", pass.RowErrorOf(code).mean(), ReconstructionWeight == 0 ? 1 : ReconstructionWeight),
            new("invariance", VicRegLoss.Invariance(one, other), InvarianceWeight),
            new("variance", VicRegLoss.Variance(one).Plus(VicRegLoss.Variance(other)).Over(2), VarianceWeight),
            new("covariance", VicRegLoss.Covariance(one).Plus(VicRegLoss.Covariance(other)), CovarianceWeight),
        ];
    }
}
