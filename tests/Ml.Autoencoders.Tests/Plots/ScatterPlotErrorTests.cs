using Ml.Autoencoders.Plots;

namespace Ml.Autoencoders.Tests.Plots;

[TestFixture]
internal sealed class ScatterPlotErrorTests
{
    [Test]
    public void An_option_out_of_range_is_refused()
    {
        Assert.That(() => new ScatterPlot { Width = 199 },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("ScatterPlot: Width is 199; it must be at least 200."));
        Assert.That(() => new ScatterPlot { Height = 16_385 },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("ScatterPlot: Height is 16385; it must be at most 16384."));
        Assert.That(() => new ScatterPlot { PointSize = 0.5f },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("ScatterPlot: PointSize is 0.5; it must be at least 1."));
        Assert.That(() => new ScatterPlot { PointSize = float.NaN }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ScatterPlot { Title = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Title"));
        Assert.That(() => new ScatterPlot { XTitle = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("XTitle"));
        Assert.That(() => new ScatterPlot { YTitle = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("YTitle"));
    }

    [Test]
    public void A_point_that_is_not_of_two_numbers_is_refused_by_its_place_and_none_is_kept()
    {
        ScatterPlot plot = new ScatterPlot().AddPoints("6", [[0, 0]]);
        byte[] before = plot.ToPng();

        Assert.That(() => plot.AddPoints("7", [[1, 2], [1, 2, 3]]), Throws.ArgumentException
            .With.Message.StartsWith("Point 1 of '7' has 3 values; it must have 2 (across, up).")
            .And.Property("ParamName").EqualTo("points"));
        Assert.That(() => plot.AddPoints("7", [[1, 2], []]), Throws.ArgumentException
            .With.Message.StartsWith("Point 1 of '7' has 0 values; it must have 2 (across, up)."));
        Assert.That(() => plot.AddPoints("7", [[1, 2], [3, 4], null!]), Throws.ArgumentNullException
            .With.Message.StartsWith("Point 2 of '7' is null.").And.Property("ParamName").EqualTo("points"));
        Assert.That(plot.ToPng(), Is.EqualTo(before));
    }

    [Test]
    public void A_label_without_points_is_refused()
    {
        Assert.That(() => new ScatterPlot().AddPoints("7", []), Throws.ArgumentException
            .With.Message.StartsWith("There are no points '7'; there must be at least 1.").And.Property("ParamName")
            .EqualTo("points"));
        Assert.That(() => new ScatterPlot().AddPoints("7", null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("points"));
    }

    [Test]
    public void A_level_without_a_label_or_a_place_is_refused()
    {
        Assert.That(() => new ScatterPlot().AddLevel("", 1),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("label"));
        Assert.That(() => new ScatterPlot().AddLevel(null!, 1),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("label"));
        Assert.That(() => new ScatterPlot().AddLevel("threshold", float.NaN),
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("AddLevel: height is NaN; it must be a finite number."));
    }

    [Test]
    public void A_label_that_is_missing_or_taken_is_refused()
    {
        ScatterPlot plot = new ScatterPlot().AddPoints("7", [[0, 0]]);

        Assert.That(() => plot.AddPoints("", [[0, 0]]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("label"));
        Assert.That(() => plot.AddPoints(null!, [[0, 0]]),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("label"));
        Assert.That(() => plot.AddPoints("7", [[0, 0]]), Throws.ArgumentException
            .With.Message.StartsWith("The plot has points '7' already; labels must differ.").And.Property("ParamName")
            .EqualTo("label"));
    }

    [Test]
    public void An_empty_plot_is_not_drawn()
    {
        Assert.That(() => new ScatterPlot().ToPng(), Throws.InvalidOperationException
            .With.Message.EqualTo("The plot is empty. Add the points of at least one label first."));
    }

    [Test]
    public void A_legend_that_leaves_no_room_is_refused()
    {
        ScatterPlot plot = new ScatterPlot
        {
            Width = 300,
        }.AddPoints("a label that is about as long as the picture is wide", [[0, 0]]);

        Assert.That(() => plot.ToPng(), Throws.InvalidOperationException.With.Message.EqualTo(
            "The legend leaves no room for the points. Raise ScatterPlot.Width (it is 300) or shorten the labels."));
    }
}
