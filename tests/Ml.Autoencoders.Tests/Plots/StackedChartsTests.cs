using Ml.Autoencoders.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>Charts below each other, whose horizontal axes are aligned.</summary>
[TestFixture]
internal sealed class StackedChartsTests
{
    private static readonly SKColor Blue = SKColor.Parse("#0072B2");

    [Test]
    public void Charts_are_below_each_other_and_begin_and_end_at_the_same_places()
    {
        LineChart small = Chart(300, 0, 1);
        LineChart large = Chart(240, 0, 1_000_000_000);
        using var drawn = new Drawn(new StackedCharts().Add(small).Add(large).ToPng());
        using var alone = new Drawn(small.ToPng());

        Assert.That((drawn.Width, drawn.Height), Is.EqualTo((900, 540)));
        SKRectI above = Curve(drawn, 50, 240);
        SKRectI below = Curve(drawn, 350, 490);
        Assert.That((above.Left, above.Right), Is.EqualTo((below.Left, below.Right)));
        Assert.That(above.Left, Is.GreaterThan(Curve(alone, 50, 240).Left + 20),
            "alone it does not need the room of numbers with nine zeros");
    }

    [Test]
    public void A_chart_alone_is_as_it_is_without_a_stack()
    {
        LineChart chart = Chart(300, 0, 1);
        Assert.That(new StackedCharts().Add(chart).ToPng(), Is.EqualTo(chart.ToPng()));
    }

    [Test]
    public void A_stack_is_saved_as_it_is_drawn()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "stack.png");
        StackedCharts stack = new StackedCharts().Add(Chart(300, 0, 1)).Add(Chart(200, 1, 2));
        stack.Save(path);

        Assert.That(File.ReadAllBytes(path), Is.EqualTo(stack.ToPng()));
    }

    [Test]
    public void Charts_that_do_not_fit_into_one_picture_are_refused()
    {
        StackedCharts stack = new StackedCharts().Add(Chart(300, 0, 1));

        Assert.That(() => stack.Add(new LineChart { Width = 800 }), Throws.ArgumentException.With.Message
            .StartsWith("Width of the chart is 800; in one picture it must be that of the chart above, 900."));
        Assert.That(() => stack.Add(new LineChart { Scale = 2 }), Throws.ArgumentException.With.Message
            .StartsWith("Scale of the chart is 2; in one picture it must be that of the chart above, 1."));
        Assert.That(() => stack.Add(new LineChart { Theme = PlotTheme.Dark }), Throws.ArgumentException.With.Message
            .StartsWith("Theme of the chart is Dark; in one picture it must be that of the chart above, Light."));
        Assert.That(() => stack.Add(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.That(() => new StackedCharts().ToPng(), Throws.InvalidOperationException.With.Message
            .EqualTo("The stack is empty. Add at least one chart first."));
        Assert.That(() => new StackedCharts().Add(Chart(300, 0, 1)).Add(new LineChart()).ToPng(),
            Throws.InvalidOperationException.With.Message
                .EqualTo("The chart is empty. Add at least one series first."));
        Assert.That(() => new StackedCharts().Add(Chart(9000, 0, 1)).Add(Chart(9000, 0, 1)).ToPng(),
            Throws.InvalidOperationException.With.Message.EqualTo("The picture would be 900 x 18000 pixels; the " +
                "longest side may have 16384. Lower Scale (it is 1) or the size."));
    }

    private static LineChart Chart(int height, double least, double most) => new LineChart { Height = height }
        .AddSeries("a", Enumerable.Range(0, 40).Select(i => least + (most - least) * i / 39));

    private static SKRectI Curve(Drawn drawn, int top, int bottom) =>
        Drawn.Around([.. drawn.Where(Blue, new SKRectI(40, top, 900, bottom))]);
}
