using Ml.Autoencoders.Estimators;

namespace Ml.Autoencoders.Tests.Estimators;

internal sealed class QuantileTests
{
    [TestCase(0, 10)]
    [TestCase(0.25, 20)]
    [TestCase(0.5, 30)]
    [TestCase(0.6, 34)]      // h = 4 x 0.6 = 2.4: four tenths of the way from 30 to 40
    [TestCase(0.9, 64)]      // h = 3.6: six tenths of the way from 40 to 80
    [TestCase(1, 80)]
    public void A_quantile_lies_between_its_neighbors(double share, double expected) =>
        Assert.That(Quantile.OfSorted([10, 20, 30, 40, 80], share), Is.EqualTo(expected).Within(1e-9));

    [TestCase(0)]
    [TestCase(0.3)]
    [TestCase(1)]
    public void One_value_is_each_of_its_quantiles(double share) =>
        Assert.That(Quantile.OfSorted([-7], share), Is.EqualTo(-7));

    [Test]
    public void Equal_values_leave_nothing_to_interpolate()
    {
        Assert.That(Quantile.OfSorted([1, 2, 3, 3, 3], 0.5), Is.EqualTo(3));
        Assert.That(Quantile.OfSorted([0.1f, 0.1f, 0.1f], 0.37), Is.EqualTo(0.1f));
    }

    [TestCase(0.6, 34)]
    [TestCase(0.75, 40)]
    [TestCase(0.9, 40)]
    [TestCase(1, double.PositiveInfinity)]
    public void Between_a_number_and_infinity_lies_the_number(double share, double expected) =>
        Assert.That(Quantile.OfSorted([10, 20, 30, 40, float.PositiveInfinity], share),
            Is.EqualTo(expected).Within(1e-9));

    [Test]
    public void Values_of_both_signs_have_quantiles() =>
        Assert.That(Quantile.OfSorted([-3, -1, 5], 0.25), Is.EqualTo(-2));

    [Test]
    public void What_lies_between_the_greatest_floats_does_not_overflow() =>
        Assert.That(Quantile.OfSorted([-float.MaxValue, float.MaxValue], 0.5), Is.Zero);
}
