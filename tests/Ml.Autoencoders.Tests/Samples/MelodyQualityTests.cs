using Melodies;
using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>What the sample of melodies says of its model, and how it divides melodies by an attribute.</summary>
internal sealed class MelodyQualityTests
{
    [Test]
    public void Steps_melodies_and_bits_are_counted()
    {
        var quality = Quality.Of(given: [[3, 1, 2, 1], [4, 1, 1, 1]], reconstructed: [[3, 1, 2, 1], [5, 1, 4, 1]],
            means: [[2, 0], [0, 0]], logVariances: [[0, 0], [0, 0]]);

        Assert.That(quality.Steps, Is.EqualTo(0.75));
        Assert.That(quality.Whole, Is.EqualTo(0.5));
        // Of the first melody 2²/2 nats, of the second none.
        Assert.That(quality.Bits, Is.EqualTo(1 / Math.Log(2)).Within(1e-12));
    }

    [Test]
    public void A_narrow_code_tells_of_its_melody()
    {
        var quality = Quality.Of([[1]], [[1]], means: [[0]], logVariances: [[-2]]);
        Assert.That(quality.Bits, Is.EqualTo((Math.Exp(-2) + 1) / 2 / Math.Log(2)).Within(1e-6));
    }

    [Test]
    public void Quarters_with_most_and_least_are_taken()
    {
        uint[][] melodies = [Notes(1), Notes(4), Notes(2), Notes(3), Notes(2)];
        Extremes extremes = Extremes.Of(melodies, "note density")!;

        Assert.That(extremes.Most, Is.EquivalentTo(new[] { melodies[1], melodies[3] }));
        Assert.That(extremes.Least, Is.EquivalentTo(new[] { melodies[0], melodies[2], melodies[4] }));
        Assert.That(Extremes.Measure(melodies[3], "note density"), Is.EqualTo(0.75));
    }

    [Test]
    public void Where_most_have_the_same_those_with_more_are_taken()
    {
        uint[][] melodies = [Notes(1), Notes(1), Notes(2), Notes(1), Notes(1)];
        Extremes extremes = Extremes.Of(melodies, "note density")!;

        Assert.That(extremes.Most, Is.EqualTo(new[] { melodies[2] }));
        Assert.That(extremes.Least, Has.Count.EqualTo(4));
        Assert.That(Extremes.Of(melodies[..2], "note density"), Is.Null);
    }

    private static uint[] Notes(int count) =>
        [.. Enumerable.Range(0, 4).Select(step => step < count ? MelodyKeys.OfPitch(60) : MelodyKeys.Hold)];
}
