using Ml.Autoencoders.Plots;

namespace Ml.Autoencoders.Tests.Plots;

[TestFixture]
internal sealed class LineChartErrorTests
{
    [Test]
    public void An_option_out_of_range_is_refused()
    {
        Assert.That(() => new LineChart { Width = 0 },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("LineChart: Width is 0; it must be at least 200."));
        Assert.That(() => new LineChart { Height = -5 },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("LineChart: Height is -5; it must be at least 200."));
        Assert.That(() => new LineChart { Title = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Title"));
        Assert.That(() => new LineChart { XTitle = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("XTitle"));
        Assert.That(() => new LineChart { YTitle = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("YTitle"));
    }

    [Test]
    public void A_series_without_values_or_of_another_length_is_refused_and_not_kept()
    {
        LineChart chart = new LineChart().AddSeries("training", [1, 2, 3]);
        byte[] before = chart.ToPng();

        Assert.That(() => chart.AddSeries("validation", []), Throws.ArgumentException
            .With.Message.StartsWith("Series 'validation' has no values; it must have at least 1.")
            .And.Property("ParamName").EqualTo("values"));
        Assert.That(() => chart.AddSeries("validation", [1, 2]), Throws.ArgumentException
            .With.Message.StartsWith("Series 'validation' has 2 values, but series 'training' has 3.")
            .And.Property("ParamName").EqualTo("values"));
        Assert.That(chart.ToPng(), Is.EqualTo(before));
    }

    [Test]
    public void A_name_that_is_empty_or_taken_is_refused()
    {
        LineChart chart = new LineChart().AddSeries("loss", [1]);

        Assert.That(() => chart.AddSeries("", [1]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("name"));
        Assert.That(() => chart.AddSeries("loss", [1]), Throws.ArgumentException
            .With.Message.StartsWith("The chart has a series 'loss' already; names must differ.")
            .And.Property("ParamName").EqualTo("name"));
    }

    [Test]
    public void A_value_that_a_logarithmic_axis_has_no_place_for_is_refused()
    {
        double[] values = [1, 0.5, -0.25];

        Assert.That(() => new LineChart { LogarithmicY = true }.AddSeries("loss", values), Throws.ArgumentException
            .With.Message.StartsWith("Series 'loss' is -0.25 at 3; on a logarithmic axis it must be above 0.")
            .And.Property("ParamName").EqualTo("values"));
        Assert.That(() => new LineChart { LogarithmicY = true }.AddSeries("loss", [0.0]), Throws.ArgumentException);
        Assert.That(() => new LineChart().AddSeries("loss", values).ToPng(), Throws.Nothing);
    }

    [Test]
    public void An_empty_chart_is_not_drawn()
    {
        Assert.That(() => new LineChart().ToPng(),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "The chart is empty. Add at least one series first."));
    }
}
