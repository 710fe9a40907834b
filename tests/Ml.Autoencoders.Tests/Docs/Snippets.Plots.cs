using Microsoft.ML;
using Ml.Autoencoders.Plots;
using Samples.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the page on plots.</content>
public partial class Snippets
{
    [Test]
    public void Codes_of_two_numbers_are_scattered()
    {
        Digit[] digits = [.. Mnist.Training.Take(200)];
        using AutoencoderTransformer transformer = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 2,
            Training = new() { Epochs = 1 },
        }).Fit(ml.Data.TakeRows(this.digits, 100));

        var scatter = new ScatterPlot { Title = "Digits as two numbers", EqualAxes = true };
        foreach (IGrouping<uint, Digit> number in digits.GroupBy(digit => digit.Number).OrderBy(group => group.Key))
            scatter.AddPoints($"{number.Key}", transformer.Encode([.. number.Select(digit => digit.Pixels)]));
        scatter.Save("codes.png");

        Assert.That(File.ReadAllBytes("codes.png"), Is.EqualTo(scatter.ToPng()));
    }

    [Test]
    public void A_measure_is_drawn_over_sizes_of_codes()
    {
        var chart = new LineChart
        {
            Title = "Test error by size of the code",
            XTitle = "code size",
            YTitle = "mean squared error",
            XValues = [2, 8, 32],
            LogarithmicX = true,
        }
            .AddSeries("plain", [0.041, 0.018, 0.0065])
            .AddSeries("variational", [0.042, 0.021, 0.0109]);
        chart.Save("sizes.png");

        Assert.That(File.ReadAllBytes("sizes.png"), Is.EqualTo(chart.ToPng()));
    }

    [Test]
    public void A_score_is_drawn_below_a_series()
    {
        double[] pressures = [.. Enumerable.Range(0, 500).Select(i => Math.Sin(i / 10.0))];
        double[] scores = [.. pressures.Select(Math.Abs)];

        double[] seconds = [.. Enumerable.Range(0, 500).Select(i => i / 100.0)];
        new StackedCharts()
            .Add(new LineChart { XTitle = "", YTitle = "pressure", XValues = seconds, RoundXTicks = true, Height = 260 }
                .AddSeries("measured", pressures)
                .AddSpans("alarm", [(2.1, 2.4), (3.9, 4.2)]))
            .Add(new LineChart { XTitle = "s", YTitle = "score", XValues = seconds, RoundXTicks = true, Height = 220 }
                .AddSeries("score", scores)
                .AddLevel("threshold", 0.5))
            .Save("alarms.png");

        using var drawn = new Plots.Drawn(File.ReadAllBytes("alarms.png"));
        Assert.That((drawn.Width, drawn.Height), Is.EqualTo((900, 480)));
    }

    [Test]
    public void Melodies_are_drawn_below_each_other()
    {
        new PianoRoll { Title = "From one tune to another" }
            .AddRow([new(0, 4, 60), new(4, 4, 64), new(8, 8, 67)], steps: 32, "first")
            .AddRow([new(0, 8, 72), new(8, 8, 67), new(16, 16, 60)], steps: 32, "second")
            .Save("blend.png");

        using var drawn = new Plots.Drawn(File.ReadAllBytes("blend.png"));
        Assert.That(drawn.Width, Is.GreaterThan(640));
    }

    [Test]
    public void A_page_has_a_picture_for_each_theme()
    {
        byte[] Draw(PlotTheme theme) => new LineChart { Width = 480, Height = 320, Scale = 2, Theme = theme }
            .AddSeries("training", [0.9, 0.4, 0.3])
            .ToPng();
        string Data(PlotTheme theme) => $"data:image/png;base64,{Convert.ToBase64String(Draw(theme))}";
        string picture = $"""
            <picture>
              <source media="(prefers-color-scheme: dark)" srcset="{Data(PlotTheme.Dark)}">
              <img src="{Data(PlotTheme.Light)}" width="480" height="320" alt="The loss falls from 0.9 to 0.3 in three epochs.">
            </picture>
            """;

        Assert.That(Data(PlotTheme.Dark), Is.Not.EqualTo(Data(PlotTheme.Light)));
        Assert.That(picture, Does.Contain(Data(PlotTheme.Dark)).And.Contain(Data(PlotTheme.Light)));
    }
}
