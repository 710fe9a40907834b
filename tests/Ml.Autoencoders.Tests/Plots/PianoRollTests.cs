using Ml.Autoencoders.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>Where notes are in the picture of melodies.</summary>
internal sealed class PianoRollTests
{
    private static readonly SKColor Blue = new(0x00, 0x72, 0xB2);

    [Test]
    public void A_note_is_a_bar_at_its_time_and_pitch()
    {
        // Two melodies over pitches 60 to 67, with a lane on either side, and an octave and a lane at least: 13 lanes.
        using var drawn = new Drawn(new PianoRoll { RowWidth = 320, LaneHeight = 8 }
            .AddRow([new(0, 8, 60)], steps: 32).AddRow([new(16, 8, 67)], steps: 32).ToPng());
        int left = drawn.Width - 16 - 320;
        int row = 13 * 8;
        Assert.That(drawn.Height, Is.EqualTo(16 + 2 * row + 12 + 16));
        SKPointI[] ink = [.. drawn.Where(Blue, drawn.Whole)];
        SKRectI first = Drawn.Around([.. ink.Where(point => point.Y < 16 + row)]);
        SKRectI second = Drawn.Around([.. ink.Where(point => point.Y >= 16 + row)]);
        Assert.That(first.Left, Is.EqualTo(left).Within(1));
        Assert.That(first.Right, Is.EqualTo(left + 80).Within(1));
        Assert.That((first.Top, first.Bottom), Is.EqualTo((16 + 11 * 8, 16 + 12 * 8)));
        Assert.That(second.Left, Is.EqualTo(left + 160).Within(1));
        Assert.That((second.Top, second.Bottom), Is.EqualTo((28 + row + 4 * 8, 28 + row + 5 * 8)));
    }

    [Test]
    public void Notes_that_follow_each_other_stay_apart()
    {
        using var drawn = new Drawn(new PianoRoll { RowWidth = 320, LaneHeight = 8 }
            .AddRow([new(0, 4, 60), new(4, 4, 60)], steps: 32).ToPng());
        int y = 16 + 11 * 8 + 4;
        int left = drawn.Width - 16 - 320;
        Assert.That(drawn.Where(Blue, SKRectI.Create(left + 36, y, 8, 1)).Count(), Is.InRange(4, 7));
    }

    [Test]
    public void Labels_and_title_make_room_and_a_scale_multiplies()
    {
        using var plain = new Drawn(new PianoRoll().AddRow([], steps: 32).ToPng());
        using var named = new Drawn(new PianoRoll { Title = "Melodies" }.AddRow([], steps: 32, "first").ToPng());
        using var large = new Drawn(new PianoRoll { Scale = 2 }.AddRow([], steps: 32).ToPng());
        Assert.That(named.Width, Is.GreaterThan(plain.Width));
        Assert.That(named.Height, Is.GreaterThan(plain.Height));
        Assert.That((large.Width, large.Height), Is.EqualTo((2 * plain.Width, 2 * plain.Height)));
    }

    [Test]
    public void A_dark_picture_is_dark()
    {
        using var drawn = new Drawn(new PianoRoll { Theme = PlotTheme.Dark }.AddRow([new(0, 4, 0)], steps: 4).ToPng());
        Assert.That(drawn.At(0, 0), Is.EqualTo(new SKColor(0x15, 0x18, 0x1D)));
    }

    [Test]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.That(() => new PianoRoll().ToPng(), Throws.InvalidOperationException.With.Message.Contains("is empty"));
        foreach (PianoRollNote note in new PianoRollNote[]
        {
            new(-1, 2, 60), new(31, 2, 60), new(0, 0, 60), new(0, 1, 128), new(0, 1, -1), new(double.NaN, 1, 60),
        })
        {
            Assert.That(() => new PianoRoll().AddRow([note], steps: 32),
                Throws.ArgumentException.With.Message.Contains("must be within the 32 steps"), $"{note}");
        }
        Assert.That(() => new PianoRoll().AddRow([], steps: 0), Throws.InstanceOf<ArgumentException>());
        var high = new PianoRoll { LaneHeight = 64 };
        for (int i = 0; i < 30; i++)
            high.AddRow([], steps: 1);
        Assert.That(high.ToPng, Throws.InvalidOperationException.With.Message.Contains("Lower PianoRoll.LaneHeight"));
    }
}
