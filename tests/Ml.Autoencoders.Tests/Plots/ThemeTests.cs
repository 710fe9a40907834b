using Ml.Autoencoders.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>Grids, charts and scatters come in two themes and, the latter two, in several densities.</summary>
[TestFixture]
internal sealed class ThemeTests
{
    private static readonly SKColor Ground = SKColor.Parse("#15181D");
    private static readonly SKColor Letters = SKColor.Parse("#B4B8BE");

    private static readonly SKColor[] Light =
    [
        .. new[]
        {
            "#0072B2",
            "#D55E00",
            "#009E73",
            "#CC79A7",
            "#E69F00",
            "#56B4E9",
            "#000000",
            "#5500BB",
            "#990055",
            "#664D00",
        }.Select(SKColor.Parse),
    ];

    private static readonly SKColor[] Dark =
    [
        .. new[]
        {
            "#4E92FC",
            "#FA3D09",
            "#4BECD2",
            "#A96E95",
            "#FBBD26",
            "#0ABFF0",
            "#FFFFFF",
            "#C2F695",
            "#F47FB9",
            "#00952E",
        }.Select(SKColor.Parse),
    ];

    [TestCase("grid")]
    [TestCase("chart")]
    [TestCase("scatter")]
    public void A_dark_picture_has_light_letters_in_the_places_of_the_dark_ones(string kind)
    {
        using var light = new Drawn(Png(kind, PlotTheme.Light));
        using var dark = new Drawn(Png(kind, PlotTheme.Dark));

        Assert.That((dark.Width, dark.Height), Is.EqualTo((light.Width, light.Height)));
        SKPointI[] letters = [.. light.Where(SKColor.Parse("#555555"), light.Whole)];
        Assert.That(letters, Has.Length.AtLeast(8));
        Assert.That(dark.Where(Letters, dark.Whole), Is.EqualTo(letters));
        Assert.That(dark.Where(SKColors.White, dark.Whole), Is.Empty, "no paper is left");
        Assert.That(dark.Where(Ground, dark.Whole).Count(),
            Is.EqualTo(light.Where(SKColors.White, light.Whole).Count()));
        Assert.That(dark.At(0, 0), Is.EqualTo(Ground));
    }

    [TestCase("grid")]
    [TestCase("chart")]
    [TestCase("scatter")]
    public void The_light_theme_is_the_default(string kind) =>
        Assert.That(Png(kind), Is.EqualTo(Png(kind, PlotTheme.Light)));

    [Test]
    public void Images_are_the_same_in_both_themes()
    {
        float[] image = [0, 0.3f, 0.7f, 0.99f];
        using var dark = new Drawn(new ImageGrid(2, 2) { Theme = PlotTheme.Dark, Scale = 1 }.AddRow([image]).ToPng());
        using var light = new Drawn(new ImageGrid(2, 2) { Scale = 1 }.AddRow([image]).ToPng());

        SKPointI[] pixels = [.. light.Ink(light.Whole)];
        Assert.That(pixels, Has.Length.EqualTo(4));
        Assert.That(pixels.Select(point => dark.At(point.X, point.Y)),
            Is.EqualTo(pixels.Select(point => light.At(point.X, point.Y))));
    }

    [Test]
    public void Labels_have_the_colors_of_the_theme_in_order()
    {
        var plot = new ScatterPlot { Theme = PlotTheme.Dark };
        for (int i = 0; i < 10; i++)
            plot.AddPoints($"{i}", [[i, i]]);
        using var drawn = new Drawn(plot.ToPng());

        Assert.That(Dark.Select(color => drawn.Box(color).Top), Is.Ordered.Ascending.And.Unique,
            "from top to bottom of the legend");
    }

    [Test]
    public void Curves_have_the_colors_of_the_theme_in_order()
    {
        var chart = new LineChart { Theme = PlotTheme.Dark };
        for (int i = 0; i < 7; i++)
            chart.AddSeries($"{i}", Enumerable.Repeat((double)-i, 30));
        using var drawn = new Drawn(chart.ToPng());

        var curves = new SKRectI(90, 50, 884, 425);
        Assert.That(Dark[..7].Select(color => drawn.Where(color, curves).First().Y), Is.Ordered.Ascending.And.Unique);
    }

    [TestCase("full")]
    [TestCase("no red")]
    [TestCase("no green")]
    [TestCase("no blue")]
    public void No_two_dark_colors_come_as_close_as_the_closest_light_ones_do(string vision)
    {
        double closest = Vision.Kinds.Keys.Min(kind => Vision.Closest(Light, kind));

        Assert.That(Vision.Closest(Dark, vision), Is.GreaterThan(1.2 * closest));
        Assert.That(Dark.Select(color => Vision.Distance(color, Ground, vision)), Is.All.GreaterThan(0.3),
            "on the ground");
    }

    [Test]
    public void On_the_dark_ground_everything_has_the_contrast_that_text_needs()
    {
        Assert.That(Dark.Append(Letters).Append(SKColor.Parse("#F0F0F0"))
            .Select(color => Vision.Contrast(color, Ground)), Is.All.GreaterThanOrEqualTo(4.5));
    }

    [Test]
    public void A_theme_that_does_not_exist_is_refused()
    {
        const PlotTheme Unknown = (PlotTheme)7;

        Assert.That(() => new ImageGrid(1, 1) { Theme = Unknown },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("ImageGrid: Theme is 7; it must be one of Light, Dark."));
        Assert.That(() => new LineChart { Theme = Unknown },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("LineChart: Theme is 7; it must be one of Light, Dark."));
        Assert.That(() => new ScatterPlot { Theme = Unknown },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("ScatterPlot: Theme is 7; it must be one of Light, Dark."));
    }

    private static byte[] Png(string kind, PlotTheme? theme = null) => (kind, theme) switch
    {
        ("grid", null) => Filled(new ImageGrid(2, 2) { Captions = ["caption"] }),
        ("grid", { } one) => Filled(new ImageGrid(2, 2) { Captions = ["caption"], Theme = one }),
        ("chart", null) => new LineChart().AddSeries("loss", [2, 1]).ToPng(),
        ("chart", { } one) => new LineChart { Theme = one }.AddSeries("loss", [2, 1]).ToPng(),
        (_, null) => new ScatterPlot().AddPoints("7", [[2, 1]]).ToPng(),
        (_, { } one) => new ScatterPlot { Theme = one }.AddPoints("7", [[2, 1]]).ToPng(),
    };

    private static byte[] Filled(ImageGrid grid) => grid.AddRow([[0, 0.1f, 0.1f, 0]], "label").ToPng();
}
