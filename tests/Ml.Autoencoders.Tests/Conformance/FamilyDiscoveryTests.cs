namespace Ml.Autoencoders.Tests.Conformance;

/// <summary>A suite over what reflection finds passes when it finds nothing; this does not.</summary>
internal sealed class FamilyDiscoveryTests
{
    [Test]
    public void Families_are_found_and_each_once() =>
        Assert.That(Family.All.Select(family => family.ToString()),
            Is.Unique.And.SupersetOf(new[] { "Plain", "Denoising", "Sparse" }));

    [Test]
    public void Families_with_Gaussian_codes_are_found_among_them() =>
        Assert.That(Family.WithGaussianCodes.Select(family => family.ToString()),
            Is.SupersetOf(new[] { "Variational", "ImportanceWeighted" })
            .And.No.Member("Plain").And.No.Member("Denoising"));
}
