using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

internal sealed class InfoVariationalObjectiveTests : TensorTests
{
    [TestCase(0f, 1f, 1, 0, Description = "the evidence lower bound")]
    [TestCase(1f, 1000f, 0, 1000, Description = "the MMD-VAE")]
    [TestCase(0.25f, 10f, 0.75, 9.25)]
    [TestCase(-2f, 3.5f, 3, 0.5)]
    public void Alpha_and_lambda_weigh_divergence_and_discrepancy(float alpha, float lambda, double divergence,
        double discrepancy)
    {
        using var noise = new Generator(1);

        IReadOnlyList<LossTerm> terms = Terms(new InfoVariationalObjective(new GaussianLikelihood(), alpha, lambda),
            Table([1, 1], [2, 2]), Uniform([2, 4]), noise);

        Assert.That(terms.Select(term => (term.Name, term.Weight, term.Share)),
            Is.EqualTo(new[]
            {
                ("reconstruction", 1.0, 1.0),
                ("kl", divergence, 1.0),
                ("discrepancy", discrepancy, 1.0),
            }));
    }

    [Test]
    public void The_terms_are_what_the_formulas_say()
    {
        float[][] means = [[1, -2], [0.5f, 3], [0, 0]];
        float[][] logVariances = [[0, 1], [-1, -2], [0.5f, 0]];
        Tensor target = Table([1, 1, 1], [2, 2, 2], [0, 0, 3]);
        using var noise = new Generator(1);
        using var same = new Generator(1);

        IReadOnlyList<LossTerm> terms = Terms(new InfoVariationalObjective(new GaussianLikelihood(0.5f), 0.5f, 10),
            target, cat([Table(means), Table(logVariances)], 1), noise);

        // A draw for each row first, then as many from the prior.
        double[] draws = empty(3, 2).normal_(0, 1, same).Doubles();
        double[][] z = [.. Enumerable.Range(0, 3).Select(i => new[] { Drawn(i, 0), Drawn(i, 1) })];
        double[][] prior = [.. CodePrior.Normal.Draw(3, 2, same).Doubles().Chunk(2)];
        double[] squaredErrors = [3, 12, 9]; // of three slots a row, against 0
        double expected = squaredErrors.Average(error => error / (2 * 0.5) + 3 / 2.0 * Math.Log(2 * Math.PI * 0.5));
        double divergence = Enumerable.Range(0, 3).Average(i => Divergence(i, 0) + Divergence(i, 1));
        Assert.That(terms.Select(term => term.Value.item<float>()),
            Is.EqualTo(new[] { expected, divergence, Codes.Discrepancy(z, prior) }).Within(1e-5));

        double Drawn(int row, int j) => means[row][j] + Math.Exp(logVariances[row][j] / 2) * draws[2 * row + j];
        double Divergence(int row, int j) =>
            (means[row][j] * means[row][j] + Math.Exp(logVariances[row][j]) - logVariances[row][j] - 1) / 2;
    }

    [Test]
    public void One_row_has_no_pair() =>
        Assert.That(new InfoVariationalObjective(new GaussianLikelihood(), 0, 1).MinRows, Is.EqualTo(2));

    private static IReadOnlyList<LossTerm> Terms(InfoVariationalObjective objective, Tensor target, Tensor encoded,
        Generator noise)
    {
        int encoderOutputs = (int)encoded.shape[1];
        using BoundNetwork network = Passes.Network(encoderOutputs, encoderOutputs / 2, (int)target.shape[1],
            objective.Likelihood);
        return objective.Steps().Single()
            .Loss(Passes.Make(network, new GaussianBottleneck(), objective.Likelihood, target, encoded, noise));
    }
}
