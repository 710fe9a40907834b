using Ml.Autoencoders.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>
/// What stands around the points: titles, numbers and the legend, with its ten colors and its shapes.
/// </summary>
[TestFixture]
internal sealed class ScatterPlotTextTests
{
    private static readonly SKColor Line = SKColor.Parse("#555555");

    private static readonly SKColor[] Colors =
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

    [Test]
    public void Titles_are_drawn_above_below_and_at_the_left()
    {
        using var drawn = new Drawn(
            new ScatterPlot
            {
                Title = "Digits as two numbers",
                XTitle = "first number",
                YTitle = "second number of the code",
            }
                .AddPoints("7", [[1, 2], [3, 4]]).ToPng());

        SKRectI above = Drawn.Around([.. drawn.Ink(new SKRectI(0, 0, 800, 40))]);
        SKRectI below = Drawn.Around([.. drawn.Ink(new SKRectI(0, 662, 800, 700))]);
        SKRectI left = Drawn.Around([.. drawn.Ink(new SKRectI(0, 0, 38, 700))]);
        Assert.That(above.Width, Is.InRange(160, 220));
        Assert.That(below.Width, Is.InRange(60, 100));
        Assert.That(left.Height, Is.InRange(140, 200), "the title of the y axis reads upwards");
        Assert.That(below.MidX, Is.EqualTo(above.MidX).Within(2), "both stand in the middle of the axes");
    }

    [Test]
    public void Numbers_at_equal_axes_do_not_run_into_the_title()
    {
        // Equal axes go up as far as right: -400 to 400, where the points alone would ask for 0 to 9.
        using var drawn = new Drawn(new ScatterPlot { EqualAxes = true }.AddPoints("7", [[-500, 0], [500, 9]]).ToPng());

        SKRectI title = Drawn.Around([.. drawn.Ink(new SKRectI(0, 0, 38, 700))]);
        Assert.That(title.Height, Is.InRange(8, 24), "z2");
    }

    [Test]
    public void The_legend_stands_right_of_the_points_in_the_order_of_the_labels()
    {
        using var drawn = new Drawn(Labeled(Enumerable.Range(0, 10)).ToPng());

        SKRectI[] keys = [.. Colors.Select(color => drawn.Box(color))];
        Assert.That(keys.Select(key => key.Top), Is.Ordered.Ascending.And.Unique);
        Assert.That(keys.Select(key => key.MidX), Is.All.EqualTo(keys[0].MidX).Within(1));
        Assert.That(keys.Select(key => key.Width), Is.All.InRange(6, 10));
        Assert.That(keys[0].Left, Is.GreaterThan(Frame(drawn).Right));
    }

    [Test]
    public void The_legend_has_the_name_of_each_label()
    {
        using var one = new Drawn(Labeled([1000, 1, 7]).ToPng());
        using var other = new Drawn(Labeled([1000, 1, 4]).ToPng());

        Assert.That(one.Ink(LineOf(one, Colors[1])), Is.EqualTo(other.Ink(LineOf(other, Colors[1]))));
        Assert.That(one.Ink(LineOf(one, Colors[2])), Is.Not.EqualTo(other.Ink(LineOf(other, Colors[2]))));
    }

    [Test]
    public void Each_ten_labels_the_shape_changes_and_after_sixty_it_comes_again()
    {
        SKColor[][] looks = [.. Enumerable.Range(0, 7).Select(round =>
        {
            // The same labels, so that all stands in the same place, and one point in the middle.
            var plot = new ScatterPlot { Width = 300, Height = 1400, PointSize = 12 };
            for (int i = 0; i < 61; i++)
                plot.AddPoints($"{i}", [[i == 10 * round ? 0 : float.NaN, 0]]);
            using var drawn = new Drawn(plot.ToPng());
            SKRectI frame = Frame(drawn);
            SKRectI middle = SKRectI.Create(frame.MidX - 12, frame.MidY - 12, 24, 24);
            return (SKColor[])[.. drawn.Ink(middle).Select(point => drawn.At(point.X, point.Y))];
        })];

        Assert.That(looks[..6].Select(look => string.Concat(look)), Is.Unique);
        Assert.That(looks[6], Is.EqualTo(looks[0]));
    }

    [TestCase("full")]
    [TestCase("no red")]
    [TestCase("no green")]
    [TestCase("no blue")]
    public void Ten_colors_are_as_far_apart_as_the_seven_of_Okabe_and_Ito(string vision)
    {
        double ofSeven = Vision.Closest(Colors[..7], vision);
        Assert.That(Vision.Closest(Colors, vision), Is.GreaterThanOrEqualTo(ofSeven));
        Assert.That(Colors.Select(color => Vision.Distance(color, SKColors.White, vision)),
            Is.All.GreaterThan(ofSeven), "on paper");
    }

    private static ScatterPlot Labeled(IEnumerable<int> labels)
    {
        var plot = new ScatterPlot();
        foreach (int label in labels)
            plot.AddPoints($"{label}", [[label, label]]);
        return plot;
    }

    /// <summary>From the first long upright line in the color of axes to the last.</summary>
    private static SKRectI Frame(Drawn drawn)
    {
        int[] lines = [.. Enumerable.Range(0, drawn.Width)
            .Where(x => drawn.Where(Line, Column(x)).Count() > drawn.Height / 2)];
        SKRectI last = Drawn.Around([.. drawn.Where(Line, Column(lines[^1]))]);
        return new SKRectI(lines[0], last.Top, last.Right, last.Bottom);

        SKRectI Column(int x) => new(x, 0, x + 1, drawn.Height);
    }

    /// <summary>The line of the legend that begins with a color.</summary>
    private static SKRectI LineOf(Drawn drawn, SKColor color)
    {
        SKRectI key = drawn.Box(color);
        return new SKRectI(key.Right + 2, key.Top - 3, drawn.Width, key.Bottom + 3);
    }
}
