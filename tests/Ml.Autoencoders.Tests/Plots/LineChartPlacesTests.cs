using Ml.Autoencoders.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>Curves over other values than 1, 2, 3.</summary>
[TestFixture]
internal sealed class LineChartPlacesTests
{
    private static readonly SKColor Blue = SKColor.Parse("#0072B2");
    private static readonly SKColor Vermilion = SKColor.Parse("#D55E00");

    // In a chart of 900 x 500 without a title.
    private static readonly SKRectI PlotArea = new(60, 50, 884, 425);

    [TestCase(false, new[] { 0, 0.2, 7 / 15.0, 1 })]
    [TestCase(true, new[] { 0, 0.5, 0.75, 1 })]
    public void Values_stand_at_their_places(bool logarithmic, double[] expected)
    {
        using var drawn = new Drawn(Sizes(logarithmic, 2, 8, 16, 32));

        double[] places = Marks(drawn);
        Assert.That(places.Select(place => (place - places[0]) / (places[^1] - places[0])),
            Is.EqualTo(expected).Within(0.005));
        Assert.That(places[^1] - places[0], Is.GreaterThan(700), "the curve fills the chart");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Each_value_has_its_number_below(bool logarithmic)
    {
        using var drawn = new Drawn(Sizes(logarithmic, 2, 8, 16, 32));
        using var other = new Drawn(Sizes(logarithmic, 2, 8, 16, 33));

        double[] numbers = Numbers(drawn);
        Assert.That(numbers, Is.EqualTo(Marks(drawn)).Within(2));
        var last = SKRectI.Create((int)numbers[^1] - 12, 428, 24, 20);
        Assert.That(drawn.Ink(last), Is.Not.EqualTo(other.Ink(last)));
    }

    [Test]
    public void A_number_without_room_is_left_out()
    {
        using var drawn = new Drawn(Sizes(false, 1, 1.5, 50, 100));

        Assert.That(Numbers(drawn), Has.Length.EqualTo(3));
        Assert.That(Numbers(drawn)[0], Is.EqualTo(Marks(drawn)[0]).Within(6), "the first of the two");
    }

    [Test]
    public void Epochs_stand_on_a_logarithmic_axis_too()
    {
        using var drawn = new Drawn(new LineChart { LogarithmicX = true }.AddSeries("loss", [0, 0, 0, 0]).ToPng());

        double[] places = Marks(drawn);
        Assert.That((places[1] - places[0]) / (places[3] - places[0]), Is.EqualTo(0.5).Within(0.01),
            "from 1 to 2 is half the way to 4");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_single_value_can_be_seen(bool logarithmic)
    {
        using var drawn = new Drawn(Sizes(logarithmic, 32));

        Assert.That(drawn.Where(Blue, PlotArea).Count(), Is.InRange(20, 100));
        Assert.That(Numbers(drawn), Is.EqualTo(Marks(drawn)).Within(2));
    }

    [Test]
    public void Marks_differ_in_shape_as_well_as_in_color()
    {
        using var drawn = new Drawn(new LineChart().AddSeries("round", [double.NaN, 1])
            .AddSeries("square", [2, double.NaN]).ToPng());

        SKRectI round = Drawn.Around([.. drawn.Where(Blue, PlotArea)]);
        SKRectI square = Drawn.Around([.. drawn.Where(Vermilion, PlotArea)]);
        Assert.That(drawn.Where(Vermilion, square).Count(), Is.EqualTo(square.Width * square.Height),
            "filled to its corners");
        Assert.That(drawn.Where(Blue, round).Count(), Is.LessThan(round.Width * round.Height));
    }

    [Test]
    public void Places_that_do_not_ascend_or_are_not_finite_are_refused()
    {
        Assert.That(() => new LineChart { XValues = [2, 8, 8] },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("LineChart: XValues[2] is 8; it must be above 8."));
        Assert.That(() => new LineChart { XValues = [double.NaN] },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("LineChart: XValues[0] is NaN; it must be a finite number."));
        Assert.That(() => new LineChart { XValues = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("XValues"));
    }

    [Test]
    public void A_series_without_a_value_for_each_place_is_refused()
    {
        var chart = new LineChart { XValues = [2, 8, 16] };

        Assert.That(() => chart.AddSeries("plain", [1, 2]), Throws.ArgumentException
            .With.Message.StartsWith("Series 'plain' has 2 values, but there are 3 XValues.").And.Property("ParamName")
            .EqualTo("values"));
    }

    [Test]
    public void A_value_without_a_place_is_refused_by_where_it_stands()
    {
        var chart = new LineChart { XValues = [2, 8, 16], LogarithmicY = true };

        Assert.That(() => chart.AddSeries("plain", [1, 0, 2]), Throws.ArgumentException
            .With.Message.StartsWith("Series 'plain' is 0 at 8; on a logarithmic axis it must be above 0."));
    }

    [Test]
    public void Places_that_a_logarithmic_axis_does_not_have_are_refused()
    {
        LineChart chart = new LineChart { XValues = [0, 1], LogarithmicX = true }.AddSeries("plain", [1, 2]);

        Assert.That(() => chart.ToPng(), Throws.InvalidOperationException
            .With.Message.EqualTo("XValues begin at 0; on a logarithmic axis they must be above 0."));
    }

    private static byte[] Sizes(bool logarithmic, params double[] sizes) =>
        new LineChart
        {
            XValues = sizes,
            LogarithmicX = logarithmic,
        }.AddSeries("plain", sizes.Select(_ => 1.0)).ToPng();

    /// <summary>The middles of the marks of a level curve, from left to right: there it is thickest.</summary>
    private static double[] Marks(Drawn drawn)
    {
        SKPointI[] curve = [.. drawn.Where(Blue, PlotArea)];
        return Middles(curve.GroupBy(point => point.X).Where(column => column.Count() > 4)
            .Select(column => column.Key));
    }

    /// <summary>The middles of the numbers below the axis, from left to right.</summary>
    private static double[] Numbers(Drawn drawn) =>
        Middles(drawn.Ink(new SKRectI(60, 436, 900, 450)).Select(point => point.X).Distinct());

    /// <summary>Of runs whose gaps are at most those between the digits of a number.</summary>
    private static double[] Middles(IEnumerable<int> columns)
    {
        List<(int First, int Last)> runs = [];
        foreach (int x in columns.Order())
        {
            if (runs.Count > 0 && x - runs[^1].Last <= 5)
                runs[^1] = (runs[^1].First, x);
            else
                runs.Add((x, x));
        }
        return [.. runs.Select(run => (run.First + run.Last) / 2.0)];
    }
}
