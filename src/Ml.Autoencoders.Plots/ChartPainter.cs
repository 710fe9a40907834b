using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using OxyPlot.SkiaSharp;
using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>Draws a <see cref="LineChart"/>.</summary>
internal static class ChartPainter
{
    // Up to this many epochs each is marked, so that few of them, or one, can be seen.
    private const int MostMarked = 20;

    public static void Draw(SKCanvas canvas, LineChart chart, Lettering lettering)
    {
        IPlotModel model = Model(chart);
        using var renderer = new ChartRenderer(canvas, lettering);
        model.Update(updateData: true);
        model.Render(renderer, new OxyRect(0, 0, chart.Width, chart.Height));
        if (((PlotModel)model).GetLastPlotException() is { } exception)
            throw new InvalidOperationException("The chart could not be drawn.", exception);
    }

    private static PlotModel Model(LineChart chart)
    {
        OxyColor text = Palette.Text.ToOxyColor();
        var model = new PlotModel
        {
            Culture = CultureInfo.InvariantCulture,
            Title = chart.Title,
            TitleColor = Palette.Title.ToOxyColor(),
            TitleFontSize = 18,
            TitleHorizontalAlignment = TitleHorizontalAlignment.CenteredWithinPlotArea,
            DefaultFontSize = 13,
            TextColor = text,
            Padding = new OxyThickness(16),
            PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
            PlotAreaBorderColor = text,
        };
        model.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.TopCenter,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendFontSize = 14,
        });
        model.Axes.Add(XAxis(chart));
        model.Axes.Add(YAxis(chart));
        for (int i = 0; i < chart.Series.Count; i++)
            model.Series.Add(Line(chart.Series[i], i));
        return model;
    }

    private static LinearAxis XAxis(LineChart chart) => new()
    {
        Position = AxisPosition.Bottom,
        Title = chart.XTitle,
        MinimumMajorStep = 1,
        MinorTickSize = 0,
        TicklineColor = Palette.Text.ToOxyColor(),
        AxisTitleDistance = 10,
        Minimum = 0.5,
        Maximum = chart.Series[0].Values.Length + 0.5,
    };

    private static Axis YAxis(LineChart chart)
    {
        Axis axis = chart.LogarithmicY ? new LogarithmicAxis() : new LinearAxis();
        axis.Position = AxisPosition.Left;
        axis.Title = chart.YTitle;
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = Palette.Rule.ToOxyColor();
        axis.IntervalLength = 50;
        axis.MinimumPadding = 0.05;
        axis.MaximumPadding = 0.05;
        axis.TickStyle = TickStyle.None;
        axis.AxisTickToLabelDistance = 8;
        axis.AxisTitleDistance = 10;
        return axis;
    }

    private static LineSeries Line(ChartSeries series, int index)
    {
        OxyColor colour = Palette.Series[index % Palette.Series.Count].ToOxyColor();
        var line = new LineSeries
        {
            Title = series.Name,
            Color = colour,
            StrokeThickness = 2,
            LineJoin = LineJoin.Round,
            LineStyle = index < Palette.Series.Count ? LineStyle.Solid : LineStyle.Dash,
            MarkerType = series.Values.Length <= MostMarked ? MarkerType.Circle : MarkerType.None,
            MarkerFill = colour,
            MarkerSize = 3.5,
        };
        line.Points.AddRange(series.Values.Select((value, i) => new DataPoint(i + 1, double.IsFinite(value) ? value : double.NaN)));
        return line;
    }
}
