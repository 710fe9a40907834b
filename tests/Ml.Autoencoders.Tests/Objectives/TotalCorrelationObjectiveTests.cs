using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

internal sealed class TotalCorrelationObjectiveTests : TensorTests
{
    private static readonly float[][] Means = [[1, -2], [0.5f, 3], [0, 0]];
    private static readonly float[][] LogVariances = [[0, 1], [-1, -2], [0.5f, 0]];

    [Test]
    public void Each_part_has_its_name_and_weight() =>
        Assert.That(Terms(new TotalCorrelationObjective(new GaussianLikelihood(), 2, 7, 3))
            .Select(term => (term.Name, term.Weight, term.Share)),
            Is.EqualTo(new[]
            {
                ("reconstruction", 1.0, 1.0),
                ("mutual information", 2.0, 1.0),
                ("total correlation", 7.0, 1.0),
                ("dimension-wise kl", 3.0, 1.0),
            }));

    [Test]
    public void The_terms_are_what_the_formulas_say()
    {
        using var same = new Generator(1);
        double[] draws = empty(3, 2).normal_(0, 1, same).Doubles();
        double[][] z = [.. Enumerable.Range(0, 3).Select(i => new[] { Drawn(i, 0), Drawn(i, 1) })];

        double[] own = [.. z.Select((code, i) => Math.Log(Density(code, i)))];
        double[] joint = [.. z.Select(code => Math.Log((Density(code, 0) + Density(code, 1) + Density(code, 2)) / 3))];
        double[] product = [.. z.Select(code => Marginal(code, 0) + Marginal(code, 1))];
        double[] prior = [.. z.Select(code => Math.Log(Normal(code[0], 0, 1) * Normal(code[1], 0, 1)))];
        double[] squaredErrors = [3, 12, 9]; // of three slots a row, against 0
        Assert.That(Terms(new TotalCorrelationObjective(new GaussianLikelihood(0.5f), 1, 6, 1))
            .Select(term => term.Value.item<float>()),
            Is.EqualTo(new[]
            {
                squaredErrors.Average(error => error / (2 * 0.5) + 3 / 2.0 * Math.Log(2 * Math.PI * 0.5)),
                own.Average() - joint.Average(),
                joint.Average() - product.Average(),
                product.Average() - prior.Average(),
            }).Within(1e-5));

        double Drawn(int row, int j) => Means[row][j] + Math.Exp(LogVariances[row][j] / 2) * draws[2 * row + j];
        double Given(double value, int row, int j) => Normal(value, Means[row][j], Math.Exp(LogVariances[row][j]));
        double Density(double[] code, int row) => Given(code[0], row, 0) * Given(code[1], row, 1);
        double Marginal(double[] code, int j) =>
            Math.Log(Enumerable.Range(0, 3).Average(row => Given(code[j], row, j)));
        static double Normal(double value, double mean, double variance) =>
            Math.Exp(-(value - mean) * (value - mean) / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance);
    }

    private static IReadOnlyList<LossTerm> Terms(TotalCorrelationObjective objective)
    {
        using BoundNetwork network = Passes.Network(4, 2, 3, objective.Likelihood);
        using var noise = new Generator(1);
        return objective.Steps().Single().Loss(Passes.Make(network, new GaussianBottleneck(), objective.Likelihood,
            target: Table([1, 1, 1], [2, 2, 2], [0, 0, 3]),
            encoded: cat([Table(Means), Table(LogVariances)], 1), noise));
    }
}
