using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Likelihoods;

internal sealed class LikelihoodTests : TensorTests
{
    [TestCase(ReconstructionLoss.MeanSquaredError, false)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy, true)]
    public void Only_cross_entropy_needs_outputs_between_0_and_1(ReconstructionLoss loss, bool needed) =>
        Assert.That(Likelihood.Of(loss).NeedsUnitInterval, Is.EqualTo(needed));

    [Test]
    public void Cross_entropy_is_measured_on_logits_and_reconstructs_their_sigmoid()
    {
        var likelihood = new BernoulliLikelihood();
        Tensor logits = Table([100, 0]);

        Assert.Multiple(() =>
        {
            Assert.That(likelihood.RowError(Table([0, 1]), logits).Floats(),
                Is.EqualTo(new[] { 50.346574f }).Within(1e-5f));
            Assert.That(likelihood.ReconstructionOf(logits).Floats(), Is.EqualTo(new[] { 1, 0.5f }));
        });
    }

    [TestCase(5, 2.2, 1, 16)]
    [TestCase(5, -2.2, 1, 16)]
    [TestCase(-0.5, -3, 0, 0.25)]
    [TestCase(0.3, 0.7, 0.3, 0)]
    public void Beyond_its_bounds_cross_entropy_is_that_of_the_bound_and_the_squared_distance(double target,
        double logit, double bound, double square)
    {
        double output = 1 / (1 + Math.Exp(-logit));
        double entropy = -(bound * Math.Log(output) + (1 - bound) * Math.Log(1 - output));
        Assert.That(new BernoulliLikelihood().SlotErrors(Table([(float)target]), Table([(float)logit])).Floats(),
            Is.EqualTo(new[] { (float)(entropy + square) }).Within(1e-5f));
    }

    [TestCase(ReconstructionLoss.MeanSquaredError)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy)]
    public void The_reconstruction_of_an_output_is_what_the_network_decodes(ReconstructionLoss loss)
    {
        Likelihood likelihood = Likelihood.Of(loss);
        using var random = new Generator(1);
        NetworkPlan plan = Network.Dense(4).Plan(6, 2, 2, likelihood.NeedsUnitInterval);
        using BoundNetwork weights = BoundNetwork.Initialize(plan, random, CPU);
        Tensor code = Uniform([5, 2], -3, 3);

        Tensor output = likelihood.OutputOf(weights, code, ForwardMode.Prediction, null);

        Assert.That(likelihood.ReconstructionOf(output).Floats(),
            Is.EqualTo(weights.Decode(code, ForwardMode.Prediction).Floats()));
    }

    [Test]
    public void The_squared_error_of_the_mean_row_is_the_variance() =>
        Assert.That(new GaussianLikelihood().ErrorOfMean(Table([0, 1, 5], [2, 5, 5])),
            Is.EqualTo((1 + 4 + 0) / 3.0).Within(1e-6));

    [Test]
    public void The_cross_entropy_of_the_mean_row_is_the_entropy()
    {
        // The mean of the first slot is 0.4; the second is always 0 and costs nothing.
        double expected = -(0.4 * Math.Log(0.4) + 0.6 * Math.Log(0.6)) / 2;

        Assert.That(new BernoulliLikelihood().ErrorOfMean(Table([0.2f, 0], [0.6f, 0])),
            Is.EqualTo(expected).Within(1e-5));
    }

    [TestCase(ReconstructionLoss.MeanSquaredError)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy)]
    public void The_error_of_the_mean_row_is_the_loss_of_a_network_that_always_gives_it(ReconstructionLoss loss)
    {
        Likelihood likelihood = Likelihood.Of(loss);
        Tensor rows = Uniform([50, 6]);
        Tensor mean = rows.mean([0], keepdim: true);
        Tensor output = (likelihood.NeedsUnitInterval ? mean.logit() : mean).expand(50, 6);

        Assert.That(likelihood.ErrorOfMean(rows),
            Is.EqualTo(likelihood.RowError(rows, output).mean().item<float>()).Within(1e-6));
    }

    [Test]
    public void The_error_of_the_mean_row_leaves_no_tensor()
    {
        Tensor rows = Uniform([50, 6]);

        Assert.That(LiveTensors.Left(() => new BernoulliLikelihood().ErrorOfMean(rows)), Is.Zero);
    }
}
