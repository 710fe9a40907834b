using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using OxyPlot.SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>What <see cref="ChartPainter"/> draws of a <see cref="LineChart"/>.</summary>
internal static class LineChartModel
{
    // Up to this many epochs each is marked, so that few of them, or one, can be seen.
    private const int MostMarked = 20;

    public static PlotModel Of(LineChart chart)
    {
        PlotModel model = ChartPainter.Model(chart.Title, LegendPosition.TopCenter);
        model.PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1);
        model.Axes.Add(XAxis(chart));
        model.Axes.Add(YAxis(chart));
        for (int i = 0; i < chart.Series.Count; i++)
            model.Series.Add(Line(chart.Series[i], i));
        return model;
    }

    private static LinearAxis XAxis(LineChart chart)
    {
        LinearAxis axis = ChartPainter.Axis<LinearAxis>(AxisPosition.Bottom, chart.XTitle);
        axis.MinimumMajorStep = 1;
        axis.Minimum = 0.5;
        axis.Maximum = chart.Series[0].Values.Length + 0.5;
        return axis;
    }

    private static Axis YAxis(LineChart chart)
    {
        Axis axis = chart.LogarithmicY
            ? ChartPainter.Axis<LogarithmicAxis>(AxisPosition.Left, chart.YTitle)
            : ChartPainter.Axis<LinearAxis>(AxisPosition.Left, chart.YTitle);
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.IntervalLength = 50;
        axis.TickStyle = TickStyle.None;
        axis.AxisTickToLabelDistance = 8;
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
