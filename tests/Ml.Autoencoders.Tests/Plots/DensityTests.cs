using Ml.Autoencoders.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>Pictures with axes for displays of more than one density.</summary>
[TestFixture]
internal sealed class DensityTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public void A_chart_of_a_higher_scale_is_the_same_but_larger(int scale)
    {
        using var drawn = new Drawn(new LineChart
        {
            Width = 300,
            Height = 200,
            Scale = scale,
        }.AddSeries("loss", [1, 3, 2]).ToPng());
        using var single = new Drawn(new LineChart { Width = 300, Height = 200 }.AddSeries("loss", [1, 3, 2]).ToPng());

        RequireEnlarged(drawn, single, scale, SKColor.Parse("#0072B2"));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public void A_scatter_of_a_higher_scale_is_the_same_but_larger(int scale)
    {
        float[][] points = [[0, 0], [1, 2], [3, 1]];
        using var drawn = new Drawn(new ScatterPlot
        {
            Width = 300,
            Height = 300,
            EqualAxes = true,
            Scale = scale,
        }.AddPoints("7", points).ToPng());
        using var single = new Drawn(new ScatterPlot
        {
            Width = 300,
            Height = 300,
            EqualAxes = true,
        }.AddPoints("7", points).ToPng());

        RequireEnlarged(drawn, single, scale, SKColor.Parse("#0072B2"));
    }

    [TestCase(0, "at least 1")]
    [TestCase(5, "at most 4")]
    public void A_scale_out_of_range_is_refused(int scale, string expected)
    {
        Assert.That(() => new LineChart { Scale = scale },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith($"LineChart: Scale is {scale}; it must be {expected}."));
        Assert.That(() => new ScatterPlot { Scale = scale },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith($"ScatterPlot: Scale is {scale}; it must be {expected}."));
    }

    [Test]
    public void A_picture_that_its_scale_makes_too_large_is_refused()
    {
        LineChart chart = new LineChart { Width = 6000, Scale = 3 }.AddSeries("loss", [1]);

        Assert.That(() => chart.ToPng(), Throws.InvalidOperationException.With.Message.EqualTo(
            "The picture would be 18000 x 1500 pixels; the longest side may have 16384. Lower Scale (it is 3) or the " +
            "size."));
    }

    private static void RequireEnlarged(Drawn drawn, Drawn single, int scale, SKColor color)
    {
        Assert.That((drawn.Width, drawn.Height), Is.EqualTo((single.Width * scale, single.Height * scale)));
        RequireEnlarged(Drawn.Around([.. drawn.Ink(drawn.Whole)]), Drawn.Around([.. single.Ink(single.Whole)]), scale);
        RequireEnlarged(drawn.Box(color), single.Box(color), scale);
    }

    private static void RequireEnlarged(SKRectI found, SKRectI single, int scale)
    {
        Assert.That((double)found.Left / scale, Is.EqualTo(single.Left).Within(1.5));
        Assert.That((double)found.Top / scale, Is.EqualTo(single.Top).Within(1.5));
        Assert.That((double)found.Right / scale, Is.EqualTo(single.Right).Within(1.5));
        Assert.That((double)found.Bottom / scale, Is.EqualTo(single.Bottom).Within(1.5));
    }
}
