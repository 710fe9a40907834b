namespace Ml.Autoencoders.Tests;

/// <summary>The densities of the priors that learn nothing.</summary>
internal sealed class RingDensityTests : TensorTests
{
    [Test]
    public void The_density_of_a_ring_integrates_to_1()
    {
        using var owned = new OwnedPrior(CodePrior.Ring(5, radius: 3, standardDeviation: 0.4f), 2);
        var plane = new Plane(half: 6, step: 0.05);

        Assert.That(owned.Bound.LogDensity(plane.Codes).exp().sum().item<float>() * plane.Area,
            Is.EqualTo(1).Within(1e-4));
    }

    [Test]
    public void It_is_that_of_a_calculation_by_hand()
    {
        using var owned = new OwnedPrior(CodePrior.Ring(2, radius: 2, standardDeviation: 0.5f), 3);

        // Components at (2, 0) and (-2, 0) of variance 1/4; the third number is from N(0, 1).
        double Plane(double x, double y) => 0.5 * (At(x - 2, y) + At(x + 2, y));
        double At(double dx, double dy) => Math.Exp(-(dx * dx + dy * dy) / 0.5) / (2 * Math.PI * 0.25);
        double Other(double z) => -z * z / 2 - Math.Log(2 * Math.PI) / 2;
        double LogAt(double x, double y, double z) => Math.Log(Plane(x, y)) + Other(z);
        Assert.That(owned.Bound.LogDensity(Table([2, 0, 0], [1.5f, 0.3f, 2], [0, 0, -1])).Doubles(),
            Is.EqualTo(new[] { LogAt(2, 0, 0), LogAt(1.5, 0.3, 2), LogAt(0, 0, -1) }).Within(1e-5));
    }

    [Test]
    public void A_normal_density_is_that_of_independent_numbers()
    {
        using var owned = new OwnedPrior(CodePrior.Normal, 2);
        Assert.That(owned.Bound.LogDensity(Table([1, -2])).Doubles().Single(),
            Is.EqualTo(-2.5 - Math.Log(2 * Math.PI)).Within(1e-6));
    }
}
