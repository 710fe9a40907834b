using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Tests;

internal sealed class ExpectationMaximizationTests
{
    /// <summary>
    /// Two clusters that overlap, and a third that is far: the shares are neither 0 nor 1, and learning takes a while.
    /// </summary>
    private static readonly float[][] Overlapping = Cluster.Codes(
    [
        new(0.4, [0, 0], new[,] { { 1.0, 0 }, { 0, 1 } }),
        new(0.4, [2, 1], new[,] { { 1.0, 0 }, { 0.5, 0.5 } }),
        new(0.2, [-9, 4], new[,] { { 1.0, 0 }, { 0, 3 } }),
    ], 1000, seed: 6);

    [Test]
    public void The_shares_of_a_code_sum_to_one_and_those_of_a_component_to_its_weight()
    {
        var fit = new ExpectationMaximization(Overlapping, 3, seed: 1);

        fit.Step();

        Assert.Multiple(() =>
        {
            for (int n = 0; n < Overlapping.Length; n++)
                Assert.That(fit.Shares.Sum(component => component[n]), Is.EqualTo(1).Within(1e-12), $"code {n}");
            for (int k = 0; k < 3; k++)
                Assert.That(fit.Mixture.Weights[k], Is.EqualTo(fit.Shares[k].Average()).Within(1e-12),
                    $"component {k}");
            Assert.That(fit.Shares.SelectMany(component => component).Count(share => share is > 0.2 and < 0.8),
                Is.GreaterThan(50),
                "codes between the clusters are shared");
        });
    }

    [Test]
    public void Shares_are_in_proportion_to_weight_times_density()
    {
        var fit = new ExpectationMaximization(Overlapping, 2, seed: 1);
        CodeMixture before = fit.Mixture;

        fit.Step();

        double first = before.Weights[0] * Density(before, 0, Overlapping[17]);
        double second = before.Weights[1] * Density(before, 1, Overlapping[17]);
        Assert.That(fit.Shares[0][17], Is.EqualTo(first / (first + second)).Within(1e-9));
    }

    [Test]
    public void The_log_likelihood_never_falls([Values(1, 2, 3, 5)] int components, [Values(1, 2, 3)] int seed)
    {
        var fit = new ExpectationMaximization(Overlapping, components, seed);

        double[] likelihoods = [.. Enumerable.Range(0, 40).Select(_ => fit.Step())];

        Assert.Multiple(() =>
        {
            // The ridge can lower it where there is nothing left to learn, by less than this.
            for (int i = 1; i < likelihoods.Length; i++)
                Assert.That(likelihoods[i], Is.GreaterThan(likelihoods[i - 1] - 1e-6), $"step {i}");
            if (components > 1)
                Assert.That(likelihoods[^1], Is.GreaterThan(likelihoods[0] + 0.01), "there is something to learn");
        });
    }

    [Test]
    public void A_step_tells_the_mean_log_likelihood_of_the_mixture_before_it()
    {
        var fit = new ExpectationMaximization(Overlapping, 3, seed: 2);
        CodeMixture before = fit.Mixture;

        Assert.That(fit.Step(), Is.EqualTo(Overlapping.Average(before.LogDensity)).Within(1e-12));
    }

    [Test]
    public void Learning_stops_at_a_gain_of_a_ten_thousandth()
    {
        CodeMixture stopped = new ExpectationMaximization(Overlapping, 3, seed: 2).Run();
        var fit = new ExpectationMaximization(Overlapping, 3, seed: 2);
        var likelihoods = new List<double> { fit.Step() };
        do
            likelihoods.Add(fit.Step());
        while (likelihoods[^1] - likelihoods[^2] > 1e-4 * Math.Abs(likelihoods[^1]));

        Assert.Multiple(() =>
        {
            Assert.That(likelihoods, Has.Count.GreaterThan(5));
            Assert.That(stopped.Means, Is.EqualTo(fit.Mixture.Means));
        });
    }

    /// <summary>By the inverse and the determinant of a 2 x 2 matrix.</summary>
    private static double Density(CodeMixture mixture, int component, float[] code)
    {
        double[,] covariance = mixture.Covariances[component];
        double x = code[0] - mixture.Means[component][0];
        double y = code[1] - mixture.Means[component][1];
        double determinant = covariance[0, 0] * covariance[1, 1] - covariance[0, 1] * covariance[1, 0];
        double square = (covariance[1, 1] * x * x - 2 * covariance[0, 1] * x * y + covariance[0, 0] * y * y)
            / determinant;
        return Math.Exp(-square / 2) / (2 * Math.PI * Math.Sqrt(determinant));
    }
}
