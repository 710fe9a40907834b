using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Tests;

internal sealed class RandomDrawsTests
{
    [Test]
    public void Indices_are_drawn_as_often_as_they_weigh()
    {
        const int Count = 40_000;
        var random = new Random(3);
        var drawn = new int[4];

        for (int i = 0; i < Count; i++)
            drawn[random.NextIndex([1, 0, 2, 5])]++;

        // Five standard errors.
        Assert.Multiple(() =>
        {
            Assert.That(drawn[0] / (double)Count, Is.EqualTo(0.125).Within(5 * Math.Sqrt(0.125 * 0.875 / Count)));
            Assert.That(drawn[1], Is.Zero);
            Assert.That(drawn[2] / (double)Count, Is.EqualTo(0.25).Within(5 * Math.Sqrt(0.25 * 0.75 / Count)));
            Assert.That(drawn[3] / (double)Count, Is.EqualTo(0.625).Within(5 * Math.Sqrt(0.625 * 0.375 / Count)));
        });
    }

    [Test]
    public void Where_nothing_has_weight_an_index_is_drawn_all_the_same() =>
        Assert.That(new Random(3).NextIndex([0, 0]), Is.Zero);

    [Test]
    public void Weights_at_the_ends_that_are_0_are_not_drawn_by_the_extremes_of_a_generator()
    {
        Assert.Multiple(() =>
        {
            Assert.That(new FixedRandom(0).NextIndex([0, 0.1, 0.2, 0]), Is.EqualTo(1));
            Assert.That(new FixedRandom(Math.BitDecrement(1.0)).NextIndex([0, 0.1, 0.2, 0]), Is.EqualTo(2));
        });
    }

    [Test]
    public void Normal_draws_have_the_moments_and_the_tails_of_the_standard_normal_distribution()
    {
        const int Count = 100_000;
        var random = new Random(5);
        double[] draws = [.. Enumerable.Range(0, Count).Select(_ => random.NextNormal())];

        // Five standard errors: the variances of z, z², z³ and z⁴ are 1, 2, 15 and 96.
        Assert.Multiple(() =>
        {
            Assert.That(draws.Average(), Is.Zero.Within(5 / Math.Sqrt(Count)));
            Assert.That(draws.Average(z => z * z), Is.EqualTo(1).Within(5 * Math.Sqrt(2.0 / Count)));
            Assert.That(draws.Average(z => z * z * z), Is.Zero.Within(5 * Math.Sqrt(15.0 / Count)));
            Assert.That(draws.Average(z => z * z * z * z), Is.EqualTo(3).Within(5 * Math.Sqrt(96.0 / Count)));
        });
    }

    [TestCase(0)]
    [TestCase(0.9999999999999999)]
    public void Normal_draws_are_finite_at_the_extremes_of_a_generator(double draw) =>
        Assert.That(double.IsFinite(new FixedRandom(draw).NextNormal()), Is.True);

    /// <summary>Always draws the same.</summary>
    private sealed class FixedRandom(double draw) : Random
    {
        public override double NextDouble() => draw;
    }
}
