using System.Text.Json.Serialization;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>Reconstruction, and with a weight the L1 norm of the code (its mean over the code's numbers).</summary>
internal sealed record ReconstructionObjective(ReconstructionLoss Loss, float SparsityWeight = 0) : Objective
{
    public override IReadOnlyList<ObjectiveStep> Steps() => [new(network => network.Trained, Terms)];

    /// <summary>Keeps the log-odds of a slot that is always 0 or 1 finite.</summary>
    private const double LogitMargin = 1e-6;

    [JsonIgnore]
    public override bool NeedsUnitInterval => Loss == ReconstructionLoss.BinaryCrossEntropy;

    public override Tensor OutputOf(NetworkWeights network, Tensor code, ForwardMode mode) =>
        NeedsUnitInterval ? network.DecodeToLogits(code, mode) : network.Decode(code, mode);

    public override Tensor RowError(Tensor target, Tensor output) => NeedsUnitInterval
        ? Losses.BinaryCrossEntropyOfLogits(target, output)
        : Losses.MeanSquaredError(target, output);

    public override Tensor ReconstructionOf(Tensor output) => NeedsUnitInterval ? output.sigmoid() : output;

    public override double ErrorOfMean(Tensor rows)
    {
        using var scope = NewDisposeScope();
        Tensor mean = rows.mean([0], keepdim: true);
        Tensor error = NeedsUnitInterval
            ? Losses.BinaryCrossEntropyOfLogits(mean, mean.logit(LogitMargin))
            : rows.var([0], unbiased: false);
        return error.mean().item<float>();
    }

    private IReadOnlyList<LossTerm> Terms(TrainingPass pass)
    {
        var reconstruction = new LossTerm("reconstruction", RowError(pass.Target, pass.Output).mean());
        return SparsityWeight == 0
            ? [reconstruction]
            : [reconstruction, new LossTerm("sparsity", Losses.MeanAbsolute(pass.Code).mean(), SparsityWeight)];
    }
}
