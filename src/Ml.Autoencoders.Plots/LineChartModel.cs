using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using OxyPlot.SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>What <see cref="ChartPainter"/> draws of a <see cref="LineChart"/>.</summary>
internal static class LineChartModel
{
    // Up to this many values each is marked, so that few of them, or one, can be seen.
    private const int MaxMarked = 20;

    private const double KeySize = 14;

    // A stretch of less is hardly seen.
    private const double NarrowestSpan = 3;

    // The part of the width, and that of the height of the curves, that a label of a level takes.
    private const double LabelWidth = 0.1;
    private const double LabelHeight = 0.2;

    // Where curves meet, shapes tell what colors alone would not.
    private static readonly MarkerType[] Shapes = [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle,
        MarkerType.Diamond];

    public static PlotModel Of(LineChart chart)
    {
        var palette = Palette.Of(chart.Theme);
        PlotModel model = ChartPainter.Model(chart.Title, LegendPosition.TopCenter, palette);
        model.PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1);
        ValueAxis across = XAxis(chart, palette);
        model.Axes.Add(across);
        model.Axes.Add(YAxis(chart, palette));
        for (int i = 0; i < chart.Spans.Count; i++)
            Mark(model, chart.Spans[i], palette.Spans[i % palette.Spans.Count].ToOxyColor(), across, chart.Width);
        foreach (ChartLevel level in chart.Levels)
            model.Annotations.Add(ChartPainter.Level(level, palette, IsFreerAtLeft(chart, level, across)));
        if (chart.Levels.Count > 0)
            model.Series.Add(Reach(chart.Levels, across));
        for (int i = 0; i < chart.Series.Count; i++)
            model.Series.Add(Line(chart.Series[i], i, across, palette));
        return model;
    }

    private static ValueAxis XAxis(LineChart chart, Palette palette)
    {
        ValueAxis axis = ChartPainter.Axis<ValueAxis>(AxisPosition.Bottom, chart.XTitle, palette);
        axis.Logarithmic = chart.LogarithmicX;
        if (chart.XValues.Count > 0)
        {
            axis.Values = chart.XValues;
            axis.HasRoundTicks = chart.RoundXTicks;
            return axis;
        }
        axis.Values = [.. Enumerable.Range(1, chart.Series[0].Values.Length).Select(place => (double)place)];
        axis.HasRoundTicks = !chart.LogarithmicX;
        axis.MinimumMajorStep = 1;
        axis.Minimum = axis.PlaceOf(axis.Values[0]) - 0.5;
        axis.Maximum = axis.PlaceOf(axis.Values[^1]) + 0.5;
        return axis;
    }

    private static Axis YAxis(LineChart chart, Palette palette)
    {
        Axis axis = chart.LogarithmicY
            ? ChartPainter.Axis<LogarithmicAxis>(AxisPosition.Left, chart.YTitle, palette)
            : ChartPainter.Axis<LinearAxis>(AxisPosition.Left, chart.YTitle, palette);
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.IntervalLength = 50;
        axis.TickStyle = TickStyle.None;
        axis.AxisTickToLabelDistance = 8;
        return axis;
    }

    /// <summary>Points that are not drawn, up to which the vertical axis reaches: levels are annotations, for which
    /// OxyPlot makes no room.</summary>
    private static LineSeries Reach(IReadOnlyList<ChartLevel> levels, ValueAxis across)
    {
        var points = new LineSeries { Color = OxyColors.Transparent };
        points.Points.AddRange(levels.Select(level => new DataPoint(across.PlaceOf(across.Values[0]), level.Height)));
        return points;
    }

    /// <summary>Whether fewer values are where a label at the left would be than where one at the right would
    /// be.</summary>
    private static bool IsFreerAtLeft(LineChart chart, ChartLevel level, ValueAxis across)
    {
        double[] values = [.. chart.Series.SelectMany(series => series.Values).Where(double.IsFinite)
            .Append(level.Height).Select(HeightOf)];
        double bottom = HeightOf(level.Height);
        double top = bottom + LabelHeight * (values.Max() - values.Min());
        double first = across.PlaceOf(across.Values[0]);
        double length = across.PlaceOf(across.Values[^1]) - first;
        return ValuesIn(0, LabelWidth) < ValuesIn(1 - LabelWidth, 1);

        double HeightOf(double value) => chart.LogarithmicY ? Math.Log(value) : value;

        int ValuesIn(double from, double to) => Enumerable.Range(0, across.Values.Count)
            .Where(i => across.PlaceOf(across.Values[i]) is var place
                && place >= first + from * length && place <= first + to * length)
            .Sum(i => chart.Series.Count(series => HeightOf(series.Values[i]) is var height
                && height >= bottom && height <= top));
    }

    /// <summary>Stretches from top to bottom, and a line of the legend that no point belongs to.</summary>
    private static void Mark(PlotModel model, ChartSpans spans, OxyColor color, ValueAxis across, int width)
    {
        // The plot is narrower than the picture, so that this is somewhat less.
        double length = across.PlaceOf(across.Values[^1]) - across.PlaceOf(across.Values[0]);
        double narrowest = NarrowestSpan / width * length;
        foreach ((double from, double to) in spans.Spans)
        {
            double middle = (across.PlaceOf(from) + across.PlaceOf(to)) / 2;
            double half = Math.Max(across.PlaceOf(to) - across.PlaceOf(from), narrowest) / 2;
            model.Annotations.Add(new RectangleAnnotation
            {
                MinimumX = middle - half,
                MaximumX = middle + half,
                Fill = color,
                Layer = AnnotationLayer.BelowAxes,
            });
        }
        model.Series.Add(new ScatterSeries
        {
            Title = spans.Label,
            MarkerType = MarkerType.Square,
            MarkerSize = KeySize / 2,
            MarkerFill = color,
        });
    }

    private static LineSeries Line(ChartSeries series, int index, ValueAxis across, Palette palette)
    {
        OxyColor color = palette.Series[index % palette.Series.Count].ToOxyColor();
        var line = new LineSeries
        {
            Title = series.Name,
            Color = color,
            StrokeThickness = 2,
            LineJoin = LineJoin.Round,
            LineStyle = index < palette.Series.Count ? LineStyle.Solid : LineStyle.Dash,
            MarkerType = series.Values.Length <= MaxMarked ? Shapes[index % Shapes.Length] : MarkerType.None,
            MarkerFill = color,
            MarkerSize = 3.5,
        };
        line.Points.AddRange(series.Values.Select((value, i) =>
            new DataPoint(across.PlaceOf(across.Values[i]), double.IsFinite(value) ? value : double.NaN)));
        return line;
    }
}
