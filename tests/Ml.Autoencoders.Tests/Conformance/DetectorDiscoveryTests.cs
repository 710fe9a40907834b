namespace Ml.Autoencoders.Tests.Conformance;

/// <summary>A suite over what reflection finds passes when it finds nothing; this does not.</summary>
internal sealed class DetectorDiscoveryTests
{
    [Test]
    public void Detectors_are_found_and_each_once() =>
        Assert.That(Detector.All.Select(detector => detector.ToString()),
            Is.Unique.And.SupersetOf(new[]
            {
                "Autoencoder, ReconstructionError",
                "Autoencoder, CodeDistance",
                "Autoencoder, Both",
                "VariationalAutoencoder",
            }));

    [Test]
    public void Detectors_that_draw_codes_are_told_from_those_that_do_not() =>
        Assert.That(Detector.All.Select(detector => detector.Draws), Has.Some.True.And.Some.False);
}
