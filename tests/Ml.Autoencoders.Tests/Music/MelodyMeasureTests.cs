using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Music;

/// <summary>Statistics and attributes, computed by hand.</summary>
internal sealed class MelodyMeasureTests
{
    [Test]
    public void Jumps_are_pooled_over_melodies_and_repeated_notes_are_jumps_of_zero()
    {
        // 0, 4, 8 and 10, 0: 22 semitones in 5 jumps, one of them above 9. None from one melody to the next.
        var statistics = MelodyStatistics.Of([Keys.Of("C4 C4 E4 . G#3"), Keys.Of("C4 - D3 D3")]);
        Assert.That(statistics.Windows, Is.EqualTo(2));
        Assert.That(statistics.Notes, Is.EqualTo(7));
        Assert.That(statistics.MeanJump, Is.EqualTo(22 / 5.0));
        Assert.That(statistics.WideJumpShare, Is.EqualTo(1 / 5.0));
    }

    [Test]
    public void Each_melody_is_measured_in_its_own_key()
    {
        // D major holds all of the first; of C D E F G A and C#, six are in C major, and no scale holds C and C#.
        var statistics = MelodyStatistics.Of(
            [Keys.Of("D4 E4 F#4 G4 A4 B4 C#5"), Keys.Of("C4 D4 E4 F4 G4 A4 C#5")]);
        Assert.That(statistics.ScaleShare, Is.EqualTo(13 / 14.0));
    }

    [Test]
    public void A_scale_of_natural_minor_is_one_of_major() =>
        Assert.That(MelodyStatistics.Of([Keys.Of("A3 B3 C4 D4 E4 F4 G4 A4")]).ScaleShare, Is.EqualTo(1));

    [Test]
    public void Without_notes_there_is_nothing_to_measure()
    {
        var statistics = MelodyStatistics.Of([Keys.Of(". .")]);
        Assert.That(statistics.MeanJump, Is.NaN);
        Assert.That(statistics.WideJumpShare, Is.NaN);
        Assert.That(statistics.ScaleShare, Is.NaN);
    }

    [Test]
    public void Attributes_of_a_melody()
    {
        // Starts at steps 0, 2, 5, 6, 10, 15 of 16. Step 2 follows a start at 0: not syncopated. Step 6 follows one at
        // 5: neither. Step 10 has none at 8 and 9: an eighth. Steps 5 and 15 have none before: sixteenths.
        var attributes = MelodyAttributes.Of(Keys.Of("C4 . D4 . . E4 F#4 . . . C4 . . . . C5"));
        Assert.That(attributes.NoteDensity, Is.EqualTo(6 / 16.0));
        Assert.That(attributes.AverageInterval, Is.EqualTo((2 + 2 + 2 + 6 + 12) / 5.0));
        Assert.That(attributes.CMajorShare, Is.EqualTo(5 / 6.0));
        Assert.That(attributes.EighthSyncopation, Is.EqualTo(1 / 6.0));
        Assert.That(attributes.SixteenthSyncopation, Is.EqualTo(2 / 6.0));
        Assert.That(attributes.Values, Has.Count.EqualTo(MelodyAttributes.Names.Count));
    }

    [Test]
    public void Attributes_of_silence_are_zero() =>
        Assert.That(MelodyAttributes.Of(Keys.Of(". . . .")).Values, Is.All.Zero);
}
