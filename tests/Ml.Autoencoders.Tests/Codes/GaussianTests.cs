using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Tests;

internal sealed class GaussianTests
{
    private static readonly Gaussian Tilted = new([1, -1], [[2], [0.6, 1]]);

    [Test]
    public void Log_density_agrees_with_a_calculation_by_hand()
    {
        // The determinant is 1.64, the inverse [1, -0.6; -0.6, 2] / 1.64, and the offset (1, 1.5): its squared distance
        // is (1 - 1.8 + 4.5) / 1.64.
        double expected = -Math.Log(2 * Math.PI) - Math.Log(1.64) / 2 - 3.7 / 1.64 / 2;

        double found = LogDensity(Tilted, [2, 0.5f]);

        Assert.Multiple(() =>
        {
            Assert.That(found, Is.EqualTo(expected).Within(1e-12));
            Assert.That(found, Is.EqualTo(-3.213274).Within(1e-6));
        });
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(40)]
    public void The_standard_normal_has_its_known_peak_and_fall(int size)
    {
        var standard = new Gaussian(new double[size],
            [.. Enumerable.Range(0, size)
                .Select(i => Enumerable.Range(0, i + 1).Select(j => i == j ? 1.0 : 0).ToArray())]);
        var code = new float[size];
        code[^1] = 2;

        Assert.Multiple(() =>
        {
            Assert.That(LogDensity(standard, new float[size]), Is.EqualTo(-0.9189385332 * size).Within(1e-8));
            Assert.That(LogDensity(standard, code), Is.EqualTo(-0.9189385332 * size - 2).Within(1e-8));
        });
    }

    [Test]
    public void The_density_integrates_to_one()
    {
        // Nine deviations and more to each side; the error of such a sum falls faster than any power of the side.
        const double Side = 0.1;
        double sum = 0;
        for (double x = -13; x < 15; x += Side)
        {
            for (double y = -11; y < 9; y += Side)
                sum += Math.Exp(LogDensity(Tilted, [(float)x, (float)y])) * Side * Side;
        }

        Assert.That(sum, Is.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void A_ridge_is_added_to_each_variance_and_to_nothing_else()
    {
        var moments = new Moments(7, [1, 2], [[3], [0.5, 4]]);

        Gaussian found = Gaussian.Of(moments, 0.25);

        Assert.Multiple(() =>
        {
            Assert.That(found.Mean, Is.EqualTo(new[] { 1.0, 2 }));
            Assert.That(found.Covariance, Is.EqualTo(new double[][] { [3.25], [0.5, 4.25] }));
            Assert.That(moments.Covariance[0][0], Is.EqualTo(3));
        });
    }

    [Test]
    public void Draws_have_its_mean_and_covariance()
    {
        const int Count = 40_000;
        var random = new Random(4);

        Moments moments = Moments.Of(
            CodeBlock.Split([.. Enumerable.Range(0, Count).Select(_ => Tilted.Draw(random))]),
            [.. Enumerable.Repeat(1.0, Count)]);

        // Five standard errors; a sample covariance has variance (s_ii s_jj + s_ij²) / N.
        Assert.Multiple(() =>
        {
            Assert.That(moments.Mean[0], Is.EqualTo(1).Within(5 * Math.Sqrt(2.0 / Count)));
            Assert.That(moments.Mean[1], Is.EqualTo(-1).Within(5 * Math.Sqrt(1.0 / Count)));
            Assert.That(moments.Covariance[0][0], Is.EqualTo(2).Within(5 * Math.Sqrt(8.0 / Count)));
            Assert.That(moments.Covariance[1][0], Is.EqualTo(0.6).Within(5 * Math.Sqrt(2.36 / Count)));
            Assert.That(moments.Covariance[1][1], Is.EqualTo(1).Within(5 * Math.Sqrt(2.0 / Count)));
        });
    }

    [Test]
    public void Each_code_of_a_block_gets_its_own_log_density()
    {
        float[][] codes = Cluster.Codes(Cluster.Three, 300, seed: 4);
        var found = new double[codes.Length];

        foreach (CodeBlock block in CodeBlock.Split(codes))
            Tilted.LogDensities(block, block.Of(found));

        Assert.That(found, Is.EqualTo(codes.Select(code => LogDensity(Tilted, code))).Within(1e-9));
    }

    private static double LogDensity(Gaussian gaussian, float[] code)
    {
        var log = new double[1];
        gaussian.LogDensities(CodeBlock.Split([code])[0], log);
        return log[0];
    }
}
