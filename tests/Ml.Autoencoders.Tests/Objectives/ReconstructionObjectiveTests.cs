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

    [Test]
    public void The_squared_error_of_the_mean_row_is_the_variance() =>
        Assert.That(new ReconstructionObjective(ReconstructionLoss.MeanSquaredError).ErrorOfMean(Table([0, 1, 5], [2, 5, 5])),
            Is.EqualTo((1 + 4 + 0) / 3.0).Within(1e-6));

    [Test]
    public void The_cross_entropy_of_the_mean_row_is_the_entropy()
    {
        // The mean of the first slot is 0.4; the second is always 0 and costs nothing.
        double expected = -(0.4 * Math.Log(0.4) + 0.6 * Math.Log(0.6)) / 2;

        Assert.That(new ReconstructionObjective(ReconstructionLoss.BinaryCrossEntropy).ErrorOfMean(Table([0.2f, 0], [0.6f, 0])),
            Is.EqualTo(expected).Within(1e-5));
    }

    [TestCase(ReconstructionLoss.MeanSquaredError)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy)]
    public void The_error_of_the_mean_row_is_the_loss_of_a_network_that_always_gives_it(ReconstructionLoss loss)
    {
        var objective = new ReconstructionObjective(loss);
        Tensor rows = Uniform([50, 6]);
        Tensor mean = rows.mean([0], keepdim: true);
        Tensor output = (objective.NeedsUnitInterval ? mean.logit() : mean).expand(50, 6);

        Assert.That(objective.ErrorOfMean(rows), Is.EqualTo(objective.RowError(rows, output).mean().item<float>()).Within(1e-6));
    }

    [Test]
    public void The_error_of_the_mean_row_leaves_no_tensor()
    {
        Tensor rows = Uniform([50, 6]);

        Assert.That(LiveTensors.Left(() => new ReconstructionObjective(ReconstructionLoss.BinaryCrossEntropy).ErrorOfMean(rows)), Is.Zero);
    }

    /// <summary>Two rows with errors 1 and 4, and codes of mean sizes 4 and 2.</summary>
    private static IReadOnlyList<LossTerm> Terms(ReconstructionObjective objective) =>
        objective.Steps().Single().Loss(new TrainingPass(
            Target: Table([1, 1], [2, 2]), Code: Table([4, -4], [0, 4]), Output: Table([0, 0], [0, 0])));
}
