using Ml.Autoencoders.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>
/// Where points are drawn, and in what order. Colors are those of Okabe and Ito (2008), a little transparent.
/// </summary>
[TestFixture]
internal sealed class ScatterPlotTests
{
    private static readonly SKColor Blue = SKColor.Parse("#0072B2");
    private static readonly SKColor Vermilion = SKColor.Parse("#D55E00");
    private static readonly SKColor Green = SKColor.Parse("#009E73");

    // In a picture of 800 x 700 numbers stand to the left and below of this, the legend to the right.
    private static readonly SKRectI PlotArea = new(40, 16, 720, 640);

    [Test]
    public void The_picture_has_the_size_asked_for()
    {
        using var usual = new Drawn(new ScatterPlot().AddPoints("7", [[1, 2]]).ToPng());
        using var other = new Drawn(new ScatterPlot { Width = 640, Height = 360 }.AddPoints("7", [[1, 2]]).ToPng());

        Assert.That((usual.Width, usual.Height), Is.EqualTo((800, 700)));
        Assert.That((other.Width, other.Height), Is.EqualTo((640, 360)));
    }

    [Test]
    public void The_first_number_goes_right_and_the_second_up()
    {
        using var drawn = new Drawn(new ScatterPlot { PointSize = 20 }
            .AddPoints("origin", [[0, 0]]).AddPoints("right", [[3, 0]]).AddPoints("up", [[0, 5]]).ToPng());

        SKRectI origin = BoxOf(drawn, Blue);
        SKRectI right = BoxOf(drawn, Vermilion);
        SKRectI up = BoxOf(drawn, Green);
        Assert.That(right.MidX, Is.GreaterThan(origin.MidX + 500));
        Assert.That(right.MidY, Is.EqualTo(origin.MidY).Within(1));
        Assert.That(up.MidY, Is.LessThan(origin.MidY - 450));
        Assert.That(up.MidX, Is.EqualTo(origin.MidX).Within(1));
    }

    [TestCase(6)]
    [TestCase(30)]
    public void A_point_is_as_wide_as_asked_for(int size)
    {
        using var drawn = new Drawn(new ScatterPlot { PointSize = size }.AddPoints("7", [[1, 2]]).ToPng());

        SKRectI point = BoxOf(drawn, Blue);
        Assert.That(point.Width, Is.EqualTo(size).Within(2));
        Assert.That(point.Height, Is.EqualTo(size).Within(2));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void With_equal_axes_a_step_right_is_as_long_as_a_step_up(bool equal)
    {
        using var drawn = new Drawn(new ScatterPlot { PointSize = 20, EqualAxes = equal }
            .AddPoints("origin", [[0, 0]]).AddPoints("right", [[12, 0]]).AddPoints("up", [[0, 3]]).ToPng());

        SKRectI origin = BoxOf(drawn, Blue);
        double right = BoxOf(drawn, Vermilion).MidX - origin.MidX;
        double up = origin.MidY - BoxOf(drawn, Green).MidY;
        Assert.That(right, Is.GreaterThan(500), "the points fill the picture in one direction");
        Assert.That(right / up, equal ? Is.EqualTo(4).Within(0.1) : Is.LessThan(1.5));
    }

    [Test]
    public void Classes_take_turns_in_being_drawn()
    {
        // Both labels have a point in each of 100 places, one label in the order of the places and one in another
        // order.
        float[][] places = [.. Enumerable.Range(0, 100).Select(i => new float[] { i % 10, i / 10 })];
        using var drawn = new Drawn(new ScatterPlot { PointSize = 20 }
            .AddPoints("first", places).AddPoints("second", [.. places[50..], .. places[..50]]).ToPng());

        int firstOnTop = Of(drawn, Over(Blue, Over(Vermilion, SKColors.White))).Length;
        int secondOnTop = Of(drawn, Over(Vermilion, Over(Blue, SKColors.White))).Length;
        Assert.That(firstOnTop + secondOnTop, Is.GreaterThan(10_000));
        Assert.That(firstOnTop, Is.EqualTo(secondOnTop).Within(500));
    }

    [Test]
    public void A_large_class_takes_more_turns_than_a_small_one()
    {
        // The small label shares its places with every 111th point of the large one, the last of them first.
        float[][] places = [.. Enumerable.Range(0, 1000).Select(i => new float[] { i % 40, i / 40 })];
        using var drawn = new Drawn(new ScatterPlot { PointSize = 10 }
            .AddPoints("large", places).AddPoints("small",
                Enumerable.Range(0, 10).Select(i => places[999 - 111 * i])).ToPng());

        int largeOnTop = Of(drawn, Over(Blue, Over(Vermilion, SKColors.White))).Length;
        int smallOnTop = Of(drawn, Over(Vermilion, Over(Blue, SKColors.White))).Length;
        Assert.That(smallOnTop, Is.GreaterThan(200));
        Assert.That(largeOnTop, Is.EqualTo(smallOnTop).Within(50));
    }

    [TestCase(float.NaN, 0)]
    [TestCase(0, float.NaN)]
    [TestCase(float.PositiveInfinity, 0)]
    [TestCase(0, float.NegativeInfinity)]
    public void A_point_that_is_not_finite_is_left_out(float x, float y)
    {
        byte[] with = new ScatterPlot().AddPoints("7", [[1, 2], [x, y], [3, 4]]).ToPng();

        Assert.That(with, Is.EqualTo(new ScatterPlot().AddPoints("7", [[1, 2], [3, 4]]).ToPng()));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_plot_without_one_finite_point_is_drawn_empty(bool equal)
    {
        using var drawn = new Drawn(new ScatterPlot
        {
            EqualAxes = equal,
        }.AddPoints("7", [[float.NaN, float.NaN]]).ToPng());

        Assert.That(Of(drawn, Over(Blue, SKColors.White)), Is.Empty);
        Assert.That(drawn.Where(Blue, drawn.Whole), Is.Not.Empty, "the legend");
    }

    [TestCase(1e30f)]
    [TestCase(float.MaxValue)]
    [TestCase(float.Epsilon)]
    public void A_point_has_its_place_however_far_out(float far)
    {
        using var drawn = new Drawn(new ScatterPlot
        {
            PointSize = 20,
            EqualAxes = true,
        }.AddPoints("7", [[far, far], [-far, -far]]).ToPng());

        SKPointI[] points = Of(drawn, Over(Blue, SKColors.White));
        Assert.That(points.Count(point => point.X < PlotArea.MidX && point.Y > PlotArea.MidY), Is.GreaterThan(200));
        Assert.That(points.Count(point => point.X > PlotArea.MidX && point.Y < PlotArea.MidY), Is.GreaterThan(200));
    }

    [Test]
    public void What_is_drawn_is_what_points_held_when_they_were_added()
    {
        float[] buffer = [1, 2];
        ScatterPlot plot = new ScatterPlot().AddPoints("7", [buffer, [3, 4]]);
        byte[] before = plot.ToPng();
        buffer[0] = 2;

        Assert.That(plot.ToPng(), Is.EqualTo(before));
    }

    [Test]
    public void A_level_is_a_dashed_line_across_the_picture_at_its_height()
    {
        ScatterPlot Points() => new ScatterPlot { PointSize = 20 }
            .AddPoints("origin", [[0, 0]]).AddPoints("right", [[1, 6]]).AddPoints("up", [[2, 10]]);
        using var without = new Drawn(Points().ToPng());
        using var with = new Drawn(Points().AddLevel("threshold", 5).ToPng());

        // Its label stands above it, at the right.
        double[] heights = [BoxOf(without, Blue).MidY, BoxOf(without, Green).MidY];
        var left = new SKRectI(PlotArea.Left + 60, PlotArea.Top, PlotArea.MidX - 40, PlotArea.Bottom);
        SKPointI[] line = [.. with.Ink(left).Where(point => with.At(point.X, point.Y) != without.At(point.X, point.Y))];
        Assert.That(line.Select(point => (double)point.Y), Has.All.EqualTo(heights.Average()).Within(2));
        Assert.That(line.Select(point => point.X).Distinct().Count(), Is.InRange(left.Width / 3, left.Width * 9 / 10));
        var right = new SKRectI(PlotArea.MidX, PlotArea.Top, PlotArea.Right, (int)heights.Average() - 3);
        Assert.That(with.Ink(right).Count(point => with.At(point.X, point.Y) != without.At(point.X, point.Y)),
            Is.GreaterThan(100), "the label");
    }

    [TestCase(-40)]
    [TestCase(50)]
    public void The_vertical_axis_reaches_to_a_level(int height)
    {
        using var drawn = new Drawn(new ScatterPlot { PointSize = 20 }
            .AddPoints("low", [[0, 0]]).AddPoints("high", [[2, 10]]).AddLevel("threshold", height).ToPng());

        Assert.That(BoxOf(drawn, Blue).MidY - BoxOf(drawn, Vermilion).MidY, Is.InRange(80, 150),
            "a fifth of the axis lies between them");
    }

    private static SKRectI BoxOf(Drawn drawn, SKColor color) => Drawn.Around(Of(drawn, Over(color, SKColors.White)));

    /// <summary>The pixels of a color among the points, whatever grid line shines through.</summary>
    private static SKPointI[] Of(Drawn drawn, SKColor color)
    {
        static bool IsNear(byte one, byte other) => Math.Abs(one - other) <= 8;

        return
        [
            .. drawn.Ink(PlotArea).Where(point => drawn.At(point.X, point.Y) is var found
                && IsNear(found.Red, color.Red) && IsNear(found.Green, color.Green) && IsNear(found.Blue, color.Blue)),
        ];
    }

    /// <summary>What a point of a color looks like on a ground.</summary>
    private static SKColor Over(SKColor color, SKColor ground)
    {
        byte Mix(byte above, byte below) => (byte)Math.Round((178 * above + 77 * below) / 255.0);

        return new SKColor(Mix(color.Red, ground.Red), Mix(color.Green, ground.Green), Mix(color.Blue, ground.Blue));
    }
}
