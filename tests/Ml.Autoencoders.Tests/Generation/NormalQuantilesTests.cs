using Ml.Autoencoders.Generation;

namespace Ml.Autoencoders.Tests.Generation;

internal sealed class NormalQuantilesTests
{
    [Test]
    public void One_point_is_the_middle() => Assert.That(NormalQuantiles.Of(1), Is.EqualTo(new[] { 0f }));

    [Test]
    public void Two_points_are_the_quartiles() =>
        Assert.That(NormalQuantiles.Of(2), Is.EqualTo(new[] { -0.67448975f, 0.67448975f }).Within(1e-6f));

    [Test]
    public void Five_points_are_the_odd_tenths() =>
        Assert.That(NormalQuantiles.Of(5),
            Is.EqualTo(new[] { -1.28155157f, -0.52440051f, 0, 0.52440051f, 1.28155157f }).Within(1e-6f));

    // Tabulated quantiles: of 0.95, 0.975, 0.995, 0.9995 and 0.999995.
    [TestCase(10, 1.64485363)]
    [TestCase(20, 1.95996398)]
    [TestCase(100, 2.57582930)]
    [TestCase(1000, 3.29052673)]
    [TestCase(100_000, 4.41717341)]
    public void The_last_of_many_is_the_tabulated_one(int n, double expected) =>
        Assert.That(NormalQuantiles.Of(n)[^1], Is.EqualTo(expected).Within(1e-6));

    [Test]
    public void Points_are_symmetric_to_the_bit_and_ascend([Values(2, 3, 16, 17, 20, 255)] int n)
    {
        float[] points = NormalQuantiles.Of(n);

        Assert.Multiple(() =>
        {
            Assert.That(points, Has.Length.EqualTo(n));
            Assert.That(points, Is.Ordered.Ascending.And.Unique);
            Assert.That(points.Reverse().Select(point => -point), Is.EqualTo(points));
        });
    }

    [TestCase(0)]
    [TestCase(-3)]
    public void A_grid_has_a_point(int n) =>
        Assert.That(() => NormalQuantiles.Of(n), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo($"NormalQuantiles: n is {n}; it must be at least 1. (Parameter 'n')"));

    [Test]
    public void No_tensor_is_left_alive() => Assert.That(LiveTensors.Left(() => NormalQuantiles.Of(9)), Is.Zero);
}
