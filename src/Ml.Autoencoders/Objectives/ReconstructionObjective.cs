using Ml.Autoencoders.Likelihoods;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>Reconstruction, and with a weight the L1 norm of the code (its mean over the code's numbers).</summary>
internal sealed record ReconstructionObjective(Likelihood Likelihood, float SparsityWeight = 0) : Objective(Likelihood)
{
    public override void Check(Place place, int codeSize)
    {
        Require.AtLeast(SparsityWeight, 0, place, nameof(SparsityWeight));
        base.Check(place, codeSize);
    }

    public override IReadOnlyList<ObjectiveStep> Steps() => [new(network => network.Trained, Terms)];

    public override double ReconstructionOfMean(Tensor rows) => Likelihood.RowErrorOfMean(rows);

    private IReadOnlyList<LossTerm> Terms(TrainingPass pass)
    {
        var reconstruction = new LossTerm("reconstruction", pass.RowError.mean());
        return SparsityWeight == 0
            ? [reconstruction]
            : [reconstruction, new LossTerm("sparsity", Losses.MeanAbsolute(pass.Code).mean(), SparsityWeight)];
    }
}
