using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Tests;

internal sealed class CodeMixtureTests
{
    [Test]
    public void One_component_is_the_mean_and_the_covariance_of_the_codes()
    {
        // Deviations (-2, -1), (0, 3), (2, -2): variances 8/3 and 14/3, covariance -2/3.
        CodeMixture mixture = CodeMixture.Fit([[1, 4], [3, 8], [5, 3]], 1, seed: 1);

        // The ridge is a millionth of the mean variance.
        const double Ridge = 11 / 3e6;
        Assert.Multiple(() =>
        {
            Assert.That(mixture.CodeSize, Is.EqualTo(2));
            Assert.That(mixture.Weights, Is.EqualTo(new[] { 1.0 }));
            Assert.That(mixture.Means[0], Is.EqualTo(new[] { 3.0, 5 }).Within(1e-12));
            Assert.That(mixture.Covariances[0],
                Is.EqualTo(new[,] { { 8 / 3.0 + Ridge, -2 / 3.0 }, { -2 / 3.0, 14 / 3.0 + Ridge } }).Within(1e-12));
        });
    }

    [Test]
    public void Three_clusters_are_recovered([Range(1, 5)] int seed)
    {
        const int Count = 4000;

        CodeMixture mixture = CodeMixture.Fit(Cluster.Codes(Cluster.Three, Count, seed: 9), 3, seed);

        Assert.Multiple(() =>
        {
            foreach (Cluster cluster in Cluster.Three)
            {
                int k = Nearest(mixture, cluster.Mean);
                double count = cluster.Weight * Count;
                // They hardly touch: each code belongs to one. The rest is five standard errors of a sample.
                Assert.That(mixture.Weights[k], Is.EqualTo(cluster.Weight).Within(1e-3));
                for (int i = 0; i < 2; i++)
                {
                    Assert.That(mixture.Means[k][i],
                        Is.EqualTo(cluster.Mean[i]).Within(5 * Math.Sqrt(cluster.Covariance(i, i) / count)));
                    for (int j = 0; j < 2; j++)
                    {
                        double variance = cluster.Covariance(i, i) * cluster.Covariance(j,
                            j) + Math.Pow(cluster.Covariance(i, j), 2);
                        Assert.That(mixture.Covariances[k][i, j],
                            Is.EqualTo(cluster.Covariance(i, j)).Within(5 * Math.Sqrt(variance / count)));
                    }
                }
            }
        });
    }

    [Test]
    public void Log_density_of_a_mixture_agrees_with_a_calculation_by_hand()
    {
        var mixture = new CodeMixture([0.25, 0.75], [new Gaussian([0], [[1]]), new Gaussian([3], [[4]])]);
        double expected = Math.Log(0.25 * Math.Exp(-0.5) + 0.75 / 2 * Math.Exp(-0.5)) - Math.Log(2 * Math.PI) / 2;

        Assert.That(mixture.LogDensity([1]), Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void Log_density_does_not_underflow_far_away()
    {
        var mixture = new CodeMixture([0.5, 0.5], [new Gaussian([0], [[1]]), new Gaussian([1], [[1]])]);

        // exp(-4,995,000) is 0 in a double. Of the nearer component half is left, of the other e^-1000 of that.
        Assert.That(mixture.LogDensity([1000]),
            Is.EqualTo(Math.Log(0.5) - Math.Log(2 * Math.PI) / 2 - 999 * 999 / 2.0).Within(1e-6));
    }

    [Test]
    public void A_component_of_weight_0_adds_nothing_and_is_never_drawn()
    {
        var alone = new CodeMixture([1], [new Gaussian([0], [[1]])]);
        var mixture = new CodeMixture([0, 1, 0],
            [new Gaussian([90], [[1]]), new Gaussian([0], [[1]]), new Gaussian([-90], [[1]])]);

        Assert.Multiple(() =>
        {
            Assert.That(mixture.LogDensity([0.5f]), Is.EqualTo(alone.LogDensity([0.5f])));
            Assert.That(mixture.Sample(500, 1).Select(code => code[0]), Is.All.InRange(-10f, 10f));
        });
    }

    [Test]
    public void Samples_have_the_moments_of_the_mixture()
    {
        const int Count = 40_000;
        var mixture = new CodeMixture([0.25, 0.75],
            [new Gaussian([0, 0], [[1], [0, 1]]), new Gaussian([4, -4], [[2], [1, 2]])]);

        Moments moments = Moments.Of(CodeBlock.Split(mixture.Sample(Count, seed: 8)),
            [.. Enumerable.Repeat(1.0, Count)]);

        // Within components 0.25 * I + 0.75 * [2, 1; 1, 2], between them 0.25 * 0.75 * 16 * [1, -1; -1, 1].
        // Margins above five standard errors.
        Assert.Multiple(() =>
        {
            Assert.That(moments.Mean, Is.EqualTo(new[] { 3.0, -3 }).Within(0.06));
            Assert.That(moments.Covariance[0][0], Is.EqualTo(4.75).Within(0.15));
            Assert.That(moments.Covariance[1][0], Is.EqualTo(-2.25).Within(0.15));
            Assert.That(moments.Covariance[1][1], Is.EqualTo(4.75).Within(0.15));
        });
    }

    [Test]
    public void What_is_drawn_from_a_fit_and_fitted_again_is_the_same_mixture()
    {
        CodeMixture first = CodeMixture.Fit(Cluster.Codes(Cluster.Three, 2000, seed: 9), 3, seed: 1);

        CodeMixture second = CodeMixture.Fit(first.Sample(20_000, seed: 2), 3, seed: 3);

        Assert.Multiple(() =>
        {
            for (int k = 0; k < 3; k++)
            {
                int same = Nearest(second, first.Means[k]);
                Assert.That(second.Weights[same], Is.EqualTo(first.Weights[k]).Within(0.02));
                Assert.That(second.Means[same], Is.EqualTo(first.Means[k]).Within(0.15));
                Assert.That(second.Covariances[same], Is.EqualTo(first.Covariances[k]).Within(0.3));
            }
        });
    }

    [Test]
    public void The_same_seed_gives_the_same_mixture_and_the_same_codes()
    {
        float[][] codes = Cluster.Codes(Cluster.Three, 3000, seed: 9);
        CodeMixture one = CodeMixture.Fit(codes, 4, seed: 1);
        CodeMixture same = CodeMixture.Fit(codes, 4, seed: 1);
        CodeMixture other = CodeMixture.Fit(codes, 4, seed: 2);

        Assert.Multiple(() =>
        {
            Assert.That(same.Weights, Is.EqualTo(one.Weights));
            Assert.That(same.Means, Is.EqualTo(one.Means));
            Assert.That(same.Covariances, Is.EqualTo(one.Covariances));
            Assert.That(other.Means, Is.Not.EqualTo(one.Means));
            Assert.That(Bits.Of(one.Sample(5, seed: 3)), Is.EqualTo(Bits.Of(same.Sample(5, seed: 3))));
            Assert.That(Bits.Of(one.Sample(5, seed: 4)), Is.Not.EqualTo(Bits.Of(one.Sample(5, seed: 3))));
        });
    }

    [Test]
    public void More_samples_of_a_seed_begin_with_the_fewer()
    {
        CodeMixture mixture = CodeMixture.Fit(Cluster.Codes(Cluster.Three, 300, seed: 9), 3, seed: 1);

        Assert.That(Bits.Of(mixture.Sample(10, seed: 3)[..4]), Is.EqualTo(Bits.Of(mixture.Sample(4, seed: 3))));
    }

    [Test]
    public void None_can_be_drawn() =>
        Assert.That(CodeMixture.Fit([[1], [2]], 1, seed: 1).Sample(0, seed: 1), Is.Empty);

    [Test]
    public void What_it_shows_is_a_copy()
    {
        CodeMixture mixture = CodeMixture.Fit([[1, 4], [3, 8], [5, 3]], 1, seed: 1);
        double before = mixture.LogDensity([3, 5]);

        mixture.Means[0][0] = 100;
        mixture.Covariances[0][0, 0] = 100;

        Assert.Multiple(() =>
        {
            Assert.That(mixture.Means[0][0], Is.EqualTo(3).Within(1e-12));
            Assert.That(mixture.Covariances[0][0, 0], Is.EqualTo(8 / 3.0).Within(1e-4));
            Assert.That(mixture.LogDensity([3, 5]), Is.EqualTo(before));
        });
    }

    [Test]
    public void It_prints_its_weights() =>
        Assert.That(new CodeMixture([0.25, 0.75], [new Gaussian([0], [[1]]), new Gaussian([3], [[4]])]).ToString(),
            Is.EqualTo("Components: 2, code size: 1, weights: 0.25, 0.75"));

    private static int Nearest(CodeMixture mixture, double[] mean) => Enumerable.Range(0, mixture.Weights.Count)
        .MinBy(k => mixture.Means[k].Zip(mean, (a, b) => (a - b) * (a - b)).Sum());
}
