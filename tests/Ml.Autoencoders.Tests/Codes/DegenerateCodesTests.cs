namespace Ml.Autoencoders.Tests;

/// <summary>
/// Codes that have no proper covariance: what is learned from them has finite numbers and draws codes like them.
/// </summary>
internal sealed class DegenerateCodesTests
{
    [Test]
    public void Identical_codes_are_drawn_again([Values(1, 3)] int components,
        [Values(0f, 0.1f, -1e-6f, 3e7f)] float number)
    {
        CodeMixture mixture = CodeMixture.Fit([.. Enumerable.Repeat<float[]>([number, 2 * number], 50)],
            components, seed: 1);

        Assert.Multiple(() =>
        {
            AssertFinite(mixture);
            foreach (float[] code in mixture.Sample(20, seed: 2))
                Assert.That(code, Is.EqualTo(new[] { number, 2 * number })
                    .Within(Math.Max(2e-6f * Math.Abs(number), 1e-12f)));
            Assert.That(mixture.LogDensity([number, 2 * number]),
                Is.GreaterThan(mixture.LogDensity([number, 3 * number + 1e-3f])));
        });
    }

    [Test]
    public void Components_that_outnumber_the_different_codes_are_left_empty()
    {
        float[][] codes = [.. Enumerable.Range(0, 40).Select(n => n % 4 == 0 ? new[] { 1f, 2 } : [5f, -3])];

        CodeMixture mixture = CodeMixture.Fit(codes, 4, seed: 1);

        Assert.Multiple(() =>
        {
            AssertFinite(mixture);
            Assert.That(mixture.Weights.Order(), Is.EqualTo(new[] { 0, 0, 0.25, 0.75 }).Within(1e-9));
            foreach (float[] code in mixture.Sample(40, seed: 2))
                Assert.That(code, Is.EqualTo(new[] { 1f, 2 }).Within(0.05).Or.EqualTo(new[] { 5f, -3 }).Within(0.05));
        });
    }

    [Test]
    public void A_constant_dimension_stays_constant()
    {
        float[][] codes = [.. Cluster.Codes(Cluster.Three, 300, seed: 9).Select(code => new[] { code[0], 7, code[1] })];

        CodeMixture mixture = CodeMixture.Fit(codes, 3, seed: 1);

        Assert.Multiple(() =>
        {
            AssertFinite(mixture);
            // The ridge is a millionth of a variance of about 25.
            Assert.That(mixture.Sample(100, seed: 2).Select(code => code[1]), Is.All.EqualTo(7).Within(0.03));
        });
    }

    [Test]
    public void A_dimension_that_repeats_another_goes_on_doing_so()
    {
        float[][] codes = [.. Cluster.Codes(Cluster.Three, 300, seed: 9)
            .Select(code => new[] { code[0], code[1], code[0] })];

        CodeMixture mixture = CodeMixture.Fit(codes, 3, seed: 1);

        Assert.Multiple(() =>
        {
            AssertFinite(mixture);
            Assert.That(mixture.Sample(100, seed: 2).Select(code => code[0] - code[2]), Is.All.EqualTo(0).Within(0.05));
        });
    }

    [Test]
    public void Fewer_codes_than_dimensions_do_no_harm()
    {
        var random = new Random(1);
        float[][] codes = [.. Enumerable.Range(0, 6)
            .Select(_ => Enumerable.Range(0, 20).Select(_ => random.NextSingle()).ToArray())];

        AssertFinite(CodeMixture.Fit(codes, 2, seed: 1));
    }

    [TestCase(1e-12f)]
    [TestCase(1e12f)]
    public void The_scale_of_the_codes_does_not_matter(float scale)
    {
        float[][] codes = Cluster.Codes(Cluster.Three, 300, seed: 9);

        CodeMixture plain = CodeMixture.Fit(codes, 3, seed: 1);
        CodeMixture scaled =
            CodeMixture.Fit([.. codes.Select(code => new[] { code[0] * scale, code[1] * scale })], 3, seed: 1);

        Assert.Multiple(() =>
        {
            AssertFinite(scaled);
            Assert.That(scaled.Weights, Is.EqualTo(plain.Weights).Within(1e-3));
            for (int k = 0; k < 3; k++)
                Assert.That(scaled.Means[k].Select(mean => mean / scale), Is.EqualTo(plain.Means[k]).Within(1e-2));
        });
    }

    private static void AssertFinite(CodeMixture mixture)
    {
        Assert.That(mixture.Weights.Sum(), Is.EqualTo(1).Within(1e-6));
        Assert.That(mixture.Means.SelectMany(mean => mean).All(double.IsFinite), Is.True, "means");
        Assert.That(mixture.Covariances.SelectMany(matrix => matrix.Cast<double>()).All(double.IsFinite), Is.True,
            "covariances");
        foreach (float[] code in mixture.Sample(20, seed: 5))
        {
            Assert.That(code.All(float.IsFinite), Is.True, "samples");
            Assert.That(double.IsFinite(mixture.LogDensity(code)), Is.True, "log densities");
        }
    }
}
