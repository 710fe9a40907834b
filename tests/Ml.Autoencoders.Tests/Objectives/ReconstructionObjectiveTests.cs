using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

internal sealed class ReconstructionObjectiveTests : TensorTests
{
    [Test]
    public void Without_a_weight_the_loss_is_the_reconstruction_alone()
    {
        IReadOnlyList<LossTerm> terms = Terms(new ReconstructionObjective(ReconstructionLoss.MeanSquaredError));

        Assert.That(terms.Select(term => (term.Name, term.Value.item<float>(), term.Weight)),
            Is.EqualTo(new[] { ("reconstruction", 2.5f, 1.0) }));
    }

    [Test]
    public void With_a_weight_the_size_of_the_code_is_added()
    {
        IReadOnlyList<LossTerm> terms = Terms(new ReconstructionObjective(ReconstructionLoss.MeanSquaredError, 0.25f));

        Assert.That(terms.Select(term => (term.Name, term.Value.item<float>(), term.Weight)),
            Is.EqualTo(new[] { ("reconstruction", 2.5f, 1.0), ("sparsity", 3f, 0.25) }));
    }

    [Test]
    public void The_one_step_moves_every_trained_weight_and_no_buffer()
    {
        using var random = new Generator(1);
        NetworkPlan plan = Network.Dense([4], Activation.Relu, batchNorm: true).Plan(6, 2, 2, endInSigmoid: false);
        using NetworkWeights weights = NetworkWeights.Initialise(plan, random, CPU);

        ObjectiveStep step = new ReconstructionObjective(ReconstructionLoss.MeanSquaredError).Steps().Single();

        Assert.That(step.Moves(weights).Count(), Is.EqualTo(plan.Parameters().Count(spec => !spec.Name.Contains("running", StringComparison.Ordinal))));
    }

    [TestCase(ReconstructionLoss.MeanSquaredError, false)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy, true)]
    public void Only_cross_entropy_needs_outputs_between_0_and_1(ReconstructionLoss loss, bool needed) =>
        Assert.That(new ReconstructionObjective(loss).NeedsUnitInterval, Is.EqualTo(needed));

    [Test]
    public void Cross_entropy_is_measured_on_logits_and_reconstructs_their_sigmoid()
    {
        var objective = new ReconstructionObjective(ReconstructionLoss.BinaryCrossEntropy);
        Tensor logits = Table([100, 0]);

        Assert.Multiple(() =>
        {
            Assert.That(objective.RowError(Table([0, 1]), logits).Floats(), Is.EqualTo(new[] { 50.346574f }).Within(1e-5f));
            Assert.That(objective.ReconstructionOf(logits).Floats(), Is.EqualTo(new[] { 1, 0.5f }));
        });
    }

    [TestCase(ReconstructionLoss.MeanSquaredError)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy)]
    public void The_reconstruction_of_an_output_is_what_the_network_decodes(ReconstructionLoss loss)
    {
        var objective = new ReconstructionObjective(loss);
        using var random = new Generator(1);
        NetworkPlan plan = Network.Dense(4).Plan(6, 2, 2, objective.NeedsUnitInterval);
        using NetworkWeights weights = NetworkWeights.Initialise(plan, random, CPU);
        Tensor code = Uniform([5, 2], -3, 3);

        Tensor output = objective.OutputOf(weights, code, ForwardMode.Prediction);

        Assert.That(objective.ReconstructionOf(output).Floats(), Is.EqualTo(weights.Decode(code, ForwardMode.Prediction).Floats()));
    }

    /// <summary>Two rows with errors 1 and 4, and codes of mean sizes 4 and 2.</summary>
    private static IReadOnlyList<LossTerm> Terms(ReconstructionObjective objective) =>
        objective.Steps().Single().Loss(new TrainingPass(
            Target: Table([1, 1], [2, 2]), Code: Table([4, -4], [0, 4]), Output: Table([0, 0], [0, 0])));
}
