using Ml.Autoencoders.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>Levels, marked stretches and round numbers below a chart of a series.</summary>
[TestFixture]
internal sealed class LineChartMarksTests
{
    private static readonly SKColor Blue = SKColor.Parse("#0072B2");
    private static readonly SKColor Orange = SKColor.Parse("#FDE5BC");
    private static readonly SKColor Sky = SKColor.Parse("#D3ECFA");

    // In a chart of 900 x 500 without a title.
    private static readonly SKRectI PlotArea = new(90, 50, 884, 425);

    [Test]
    public void A_stretch_is_marked_from_top_to_bottom_below_the_curve()
    {
        using var drawn = new Drawn(Series().AddSpans("alarm", [(100, 150), (190, 250)]).ToPng());

        SKRectI curve = Drawn.Around([.. drawn.Where(Blue, PlotArea)]);
        SKPointI[] marked = [.. drawn.Where(Orange, PlotArea)];
        double step = curve.Width / 100.0;
        int[] first = [.. marked.Select(point => point.X).Where(x => x < curve.MidX).Distinct()];
        Assert.That(first.Min(), Is.EqualTo(curve.Left).Within(3));
        Assert.That(first.Max(), Is.EqualTo(curve.Left + 50 * step).Within(3));
        Assert.That(marked.Where(point => point.X > curve.MidX + 10).Min(point => point.X),
            Is.EqualTo(curve.Left + 90 * step).Within(3));
        Assert.That(Drawn.Around(marked).Height, Is.GreaterThan(300));
        Assert.That(drawn.Where(Blue, new SKRectI(first.Min() + 5, 0, first.Max() - 5, 500)), Is.Not.Empty);
    }

    [Test]
    public void Each_kind_of_stretch_has_a_color_and_a_line_in_the_legend()
    {
        using var drawn = new Drawn(Series().AddSpans("alarm", []).AddSpans("repair", [(120, 130)]).ToPng());

        var legend = new SKRectI(0, 0, 900, PlotArea.Top);
        Assert.That(drawn.Where(Orange, legend).Count(), Is.GreaterThan(100));
        Assert.That(drawn.Where(Sky, legend).Count(), Is.GreaterThan(100));
        Assert.That(drawn.Where(Orange, PlotArea), Is.Empty);
        Assert.That(drawn.Where(Sky, PlotArea), Is.Not.Empty);
    }

    [Test]
    public void A_stretch_of_one_value_can_be_seen()
    {
        using var drawn = new Drawn(Series().AddSpans("alarm", [(150, 150)]).ToPng());

        SKRectI curve = Drawn.Around([.. drawn.Where(Blue, PlotArea)]);
        SKPointI[] marked = [.. drawn.Where(Orange, PlotArea)];
        Assert.That(marked, Has.Length.GreaterThan(300));
        SKRectI stretch = Drawn.Around(marked);
        Assert.That(stretch.Width, Is.InRange(1, 3));
        Assert.That(stretch.MidX, Is.EqualTo(curve.MidX).Within(2));
    }

    [TestCase(1.95, true, false)]
    [TestCase(1.5, false, false)]
    [TestCase(1, false, false)]
    [TestCase(1.02, false, true)]
    [TestCase(1.95, true, true)]
    public void A_level_has_its_label_where_the_curve_is_not(double height, bool isLeft, bool logarithmic)
    {
        using var drawn = new Drawn(Series(logarithmic).AddLevel("threshold", height).ToPng());

        // Below the curve's highest pixel there is no other text than that of the label.
        int line = LineOf(drawn);
        Assert.That(InkAbove(PlotArea.Left, 170), isLeft ? Is.GreaterThan(50) : Is.LessThan(20));
        Assert.That(InkAbove(800, PlotArea.Right), isLeft ? Is.LessThan(20) : Is.GreaterThan(50));

        int InkAbove(int left, int right) =>
            drawn.Ink(new SKRectI(left, line - 14, right, line - 3)).Count(point => IsText(drawn, point));
    }

    [TestCase(-1, false)]
    [TestCase(2, false)]
    [TestCase(100, true)]
    public void The_vertical_axis_reaches_to_a_level(double height, bool logarithmic)
    {
        using var without = new Drawn(Series(logarithmic).ToPng());
        using var drawn = new Drawn(Series(logarithmic).AddLevel("threshold", height).ToPng());

        // Levels between 1 and 2 of the curve would not change the axis.
        SKRectI before = Drawn.Around([.. without.Where(Blue, PlotArea)]);
        SKRectI after = Drawn.Around([.. drawn.Where(Blue, PlotArea)]);
        Assert.That(after.Height, height == 2 ? Is.EqualTo(before.Height).Within(2) : Is.LessThan(before.Height / 2));
        Assert.That(DarkestLine(without), Is.LessThan(50));
        Assert.That(DarkestLine(drawn), Is.InRange(300, 700), "dashed");
    }

    [Test]
    public void Round_numbers_are_below_a_series_of_many_values()
    {
        using var round = new Drawn(Series(from: 100.5).ToPng());
        using var shifted = new Drawn(Series(from: 101).ToPng());

        // 120, 140 and so on, wherever the series begins: half a row further to the left in the one that begins later.
        double[] numbers = Numbers(round);
        double step = Drawn.Around([.. round.Where(Blue, PlotArea)]).Width / 100.0;
        Assert.That(numbers, Has.Length.InRange(4, 12));
        Assert.That(numbers.Zip(Numbers(shifted), (one, other) => one - other), Has.All.EqualTo(step / 2).Within(1.5));
    }

    [Test]
    public void Marks_that_have_no_place_are_refused()
    {
        var chart = new LineChart();
        Assert.That(() => chart.AddSpans("alarm", [(1, 2), (3, 2)]), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith("AddSpans: spans[1].To is 2; it must be at least 3."));
        Assert.That(() => chart.AddSpans("alarm", [(double.NaN, 2)]), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith("AddSpans: spans[0].From is NaN; it must be a finite number."));
        Assert.That(() => new LineChart { LogarithmicX = true }.AddSpans("alarm", [(0, 2)]),
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("AddSpans: spans[0].From is 0; it must be above 0."));
        Assert.That(() => chart.AddSpans("alarm", []).AddSpans("alarm", []), Throws.ArgumentException.With.Message
            .StartsWith("The chart has spans 'alarm' already; labels must differ."));
        Assert.That(() => chart.AddSpans("alarm", null!), Throws.ArgumentNullException);
        Assert.That(() => chart.AddLevel("", 1), Throws.ArgumentException);
        Assert.That(() => chart.AddLevel("threshold", double.NaN), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith("AddLevel: height is NaN; it must be a finite number."));
        Assert.That(() => new LineChart { LogarithmicY = true }.AddLevel("threshold", 0), Throws.ArgumentException
            .With.Message.StartsWith("Level 'threshold' is 0; on a logarithmic axis it must be above 0."));
        Assert.That(() => new LineChart { LogarithmicX = true, RoundXTicks = true }.AddSeries("a", [1, 2]).ToPng(),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "RoundXTicks is true, and so is LogarithmicX; a logarithmic axis has its numbers at XValues."));
    }

    /// <summary>A straight line from 1 to 2 over 101 values.</summary>
    private static LineChart Series(bool logarithmic = false, double from = 100) => new LineChart
    {
        XValues = [.. Enumerable.Range(0, 101).Select(i => from + i)],
        RoundXTicks = true,
        LogarithmicY = logarithmic,
    }.AddSeries("a", Enumerable.Range(0, 101).Select(i => 1 + i / 100.0));

    /// <summary>How many gray pixels that line of the plot has that has most.</summary>
    private static int DarkestLine(Drawn drawn) => drawn.Ink(PlotArea).Where(point => IsText(drawn, point))
        .GroupBy(point => point.Y).Select(line => line.Count()).DefaultIfEmpty().Max();

    /// <summary>Where that line is, from the top of the picture.</summary>
    private static int LineOf(Drawn drawn) => drawn.Ink(PlotArea).Where(point => IsText(drawn, point))
        .GroupBy(point => point.Y).MaxBy(line => line.Count())!.Key;

    /// <summary>Gray, and darker than the grid.</summary>
    private static bool IsText(Drawn drawn, SKPointI point) => drawn.At(point.X, point.Y) is var color
        && color.Red == color.Green && color.Green == color.Blue && color.Red < 200;

    /// <summary>The middles of the numbers below the axis, from left to right.</summary>
    private static double[] Numbers(Drawn drawn)
    {
        List<(int First, int Last)> numbers = [];
        foreach (int x in drawn.Ink(new SKRectI(60, 436, 900, 450)).Select(point => point.X).Distinct().Order())
        {
            if (numbers.Count > 0 && x - numbers[^1].Last <= 5)
                numbers[^1] = (numbers[^1].First, x);
            else
                numbers.Add((x, x));
        }
        return [.. numbers.Select(number => (number.First + number.Last) / 2.0)];
    }
}
