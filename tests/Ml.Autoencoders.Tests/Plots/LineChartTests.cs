using Ml.Autoencoders.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>What curves look like. Colors are those of Okabe and Ito (2008).</summary>
[TestFixture]
internal sealed class LineChartTests
{
    private static readonly SKColor Blue = SKColor.Parse("#0072B2");
    private static readonly SKColor Vermilion = SKColor.Parse("#D55E00");

    // In a chart of 900 x 500 without a title: the legend ends above, the axes begin below and to the left.
    private static readonly SKRectI PlotArea = new(90, 50, 884, 425);

    [Test]
    public void The_picture_has_the_size_asked_for()
    {
        using var usual = new Drawn(new LineChart().AddSeries("loss", [1, 2]).ToPng());
        using var other = new Drawn(new LineChart { Width = 640, Height = 360 }.AddSeries("loss", [1, 2]).ToPng());

        Assert.That((usual.Width, usual.Height), Is.EqualTo((900, 500)));
        Assert.That((other.Width, other.Height), Is.EqualTo((640, 360)));
    }

    [Test]
    public void Each_curve_is_drawn_in_its_color_and_the_greater_one_above()
    {
        using var drawn = new Drawn(new LineChart()
            .AddSeries("low", Enumerable.Repeat(1.0, 30))
            .AddSeries("high", Enumerable.Repeat(2.0, 30)).ToPng());

        SKPointI[] low = [.. drawn.Where(Blue, PlotArea)];
        SKPointI[] high = [.. drawn.Where(Vermilion, PlotArea)];
        Assert.That(Drawn.Around(low).Width, Is.GreaterThan(700));
        Assert.That(Drawn.Around(high).Width, Is.GreaterThan(700));
        Assert.That(low.Min(point => point.Y), Is.GreaterThan(high.Max(point => point.Y) + 200));
    }

    [Test]
    public void Epochs_go_from_left_to_right()
    {
        using var drawn = new Drawn(new LineChart()
            .AddSeries("loss", Enumerable.Range(0, 30).Select(i => 30.0 - i)).ToPng());

        SKRectI curve = Drawn.Around([.. drawn.Where(Blue, PlotArea)]);
        Assert.That(MiddleOf(drawn, curve.Left + 5), Is.LessThan(curve.Top + 20));
        Assert.That(MiddleOf(drawn, curve.Right - 5), Is.GreaterThan(curve.Bottom - 20));
    }

    [TestCase(true, 0.5)]
    [TestCase(false, 0.99)]
    public void On_a_logarithmic_axis_equal_factors_are_equal_steps(bool logarithmic, double expected)
    {
        using var drawn = new Drawn(new LineChart { LogarithmicY = logarithmic }
            .AddSeries("loss", Enumerable.Range(0, 41).Select(i => Math.Pow(10, -i / 10.0))).ToPng());

        SKRectI curve = Drawn.Around([.. drawn.Where(Blue, PlotArea)]);
        double fallen = (MiddleOf(drawn, curve.MidX) - curve.Top) / curve.Height;
        Assert.That(fallen, Is.EqualTo(expected).Within(0.02));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_value_that_is_not_finite_leaves_a_gap(double value)
    {
        double[] values = [.. Enumerable.Repeat(1.0, 31)];
        values[15] = value;
        using var drawn = new Drawn(new LineChart().AddSeries("loss", values).ToPng());

        SKPointI[] curve = [.. drawn.Where(Blue, PlotArea)];
        int middle = Drawn.Around(curve).MidX;
        int gap = curve.Where(point => point.X > middle).Min(point => point.X) - curve.Where(point => point.X < middle)
            .Max(point => point.X);
        Assert.That(gap, Is.EqualTo(2 * Drawn.Around(curve).Width / 30).Within(4));
    }

    [Test]
    public void A_single_epoch_can_be_seen()
    {
        using var drawn = new Drawn(new LineChart().AddSeries("loss", [0.5]).ToPng());

        Assert.That(drawn.Where(Blue, PlotArea).Count(), Is.InRange(20, 100));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_chart_without_one_finite_value_is_drawn_empty(bool logarithmic)
    {
        using var drawn = new Drawn(new LineChart
        {
            LogarithmicY = logarithmic,
        }.AddSeries("loss", [double.NaN, double.NaN]).ToPng());

        Assert.That(drawn.Where(Blue, PlotArea), Is.Empty);
        Assert.That(drawn.Where(Blue, drawn.Whole), Is.Not.Empty, "the legend");
    }

    [Test]
    public void The_legend_has_a_name_in_front_of_each_color()
    {
        static byte[] Png(string name) => new LineChart().AddSeries(name, [1, 2]).AddSeries("b", [3, 4]).ToPng();

        using var drawn = new Drawn(Png("a"));
        var above = new SKRectI(0, 0, 900, PlotArea.Top);
        Assert.That(drawn.Where(Blue, above), Is.Not.Empty);
        Assert.That(drawn.Where(Vermilion, above), Is.Not.Empty);
        Assert.That(Drawn.Around([.. drawn.Where(Blue, above)]).Right,
            Is.LessThan(Drawn.Around([.. drawn.Where(Vermilion, above)]).Left));
        Assert.That(Png("c"), Is.Not.EqualTo(Png("a")));
    }

    [Test]
    public void Titles_are_drawn_above_below_and_at_the_left()
    {
        static Drawn Draw(string title, string x, string y) =>
            new(new LineChart { Title = title, XTitle = x, YTitle = y }.AddSeries("loss", [1, 2]).ToPng());

        using var drawn = Draw("MNIST", "epoch", "mean squared error");
        SKRectI left = Drawn.Around([.. drawn.Ink(new SKRectI(0, 0, 38, 500))]);
        Assert.That(left.Height, Is.InRange(100, 160), "the title of the y axis reads upwards");
        Assert.That(drawn.Ink(new SKRectI(300, 16, 600, 38)), Is.Not.Empty, "title");
        Assert.That(drawn.Ink(new SKRectI(300, 464, 600, 484)), Is.Not.Empty, "title of the x axis");

        using var without = Draw("", "", "");
        Assert.That(without.Ink(new SKRectI(300, 464, 600, 484)), Is.Empty);
    }

    [Test]
    public void From_the_eighth_series_on_colors_come_again_dashed()
    {
        var chart = new LineChart();
        for (int i = 0; i < 8; i++)
            chart.AddSeries($"series {i}", Enumerable.Repeat((double)i, 30));
        using var drawn = new Drawn(chart.ToPng());

        SKPointI[] curves = [.. drawn.Where(Blue, PlotArea)];
        int first = curves.Count(point => point.Y > 250);
        int eighth = curves.Count(point => point.Y < 250);
        Assert.That(eighth, Is.InRange(first / 4, first * 9 / 10));
    }

    /// <summary>The height at which the blue curve crosses a column.</summary>
    private static double MiddleOf(Drawn drawn, int x) =>
        drawn.Where(Blue, new SKRectI(x - 1, PlotArea.Top, x + 2, PlotArea.Bottom)).Average(point => point.Y);
}
