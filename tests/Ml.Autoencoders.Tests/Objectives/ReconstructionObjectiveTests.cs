using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

internal sealed class ReconstructionObjectiveTests : TensorTests
{
    [Test]
    public void Without_a_weight_the_loss_is_the_reconstruction_alone()
    {
        IReadOnlyList<LossTerm> terms = Terms(new ReconstructionObjective(new GaussianLikelihood()));

        Assert.That(terms.Select(term => (term.Name, term.Value.item<float>(), term.Weight)),
            Is.EqualTo(new[] { ("reconstruction", 2.5f, 1.0) }));
    }

    [Test]
    public void With_a_weight_the_size_of_the_code_is_added()
    {
        IReadOnlyList<LossTerm> terms = Terms(new ReconstructionObjective(new GaussianLikelihood(), 0.25f));

        Assert.That(terms.Select(term => (term.Name, term.Value.item<float>(), term.Weight)),
            Is.EqualTo(new[] { ("reconstruction", 2.5f, 1.0), ("sparsity", 3f, 0.25) }));
    }

    [Test]
    public void The_one_step_moves_every_trained_weight_and_no_buffer()
    {
        using var random = new Generator(1);
        NetworkPlan plan = Network.Dense([4], Activation.Relu, batchNorm: true).Plan(6, 2, 2, endInSigmoid: false);
        using BoundNetwork weights = BoundNetwork.Initialize(plan, random, CPU);

        ObjectiveStep step = new ReconstructionObjective(new GaussianLikelihood()).Steps().Single();

        Assert.That(step.Moves(weights).Count(),
            Is.EqualTo(plan.Parameters().Count(spec => !spec.Name.Contains("running", StringComparison.Ordinal))));
    }

    /// <summary>Two rows with errors 1 and 4, and codes of mean sizes 4 and 2.</summary>
    private static IReadOnlyList<LossTerm> Terms(ReconstructionObjective objective)
    {
        using BoundNetwork network = Passes.Network(2, 2, 2, objective.Likelihood);
        using var noise = new Generator(1);
        return objective.Steps().Single().Loss(Passes.Make(network, new DeterministicBottleneck(), objective.Likelihood,
            target: Table([1, 1], [2, 2]), encoded: Table([4, -4], [0, 4]), noise));
    }
}
