using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Ml.Autoencoders.Plots;

/// <summary>What <see cref="ChartPainter"/> draws of a <see cref="ScatterPlot"/>.</summary>
internal static class ScatterPlotModel
{
    // Large enough to see the color by, however small the points are.
    private const double KeySize = 9;

    public static PlotModel Of(ScatterPlot plot)
    {
        var palette = Palette.Of(plot.Theme);
        PlotModel model = ChartPainter.Model(plot.Title, LegendPosition.RightTop, palette);
        model.PlotType = plot.EqualAxes ? PlotType.Cartesian : PlotType.XY;
        model.PlotAreaBorderThickness = new OxyThickness(1);
        model.Legends[0].LegendLineSpacing = 4;
        model.Axes.Add(Axis(AxisPosition.Bottom, plot.XTitle, palette));
        model.Axes.Add(Axis(AxisPosition.Left, plot.YTitle, palette));
        for (int i = 0; i < plot.Classes.Count; i++)
            model.Series.Add(Key(plot.Classes[i].Label, ScatterMark.Of(i, palette)));
        foreach (ChartLevel level in plot.Levels)
            model.Annotations.Add(ChartPainter.Level(level, palette));
        model.Series.Add(new ScatterCloud(plot.Classes, plot.Levels, plot.PointSize, palette));
        return model;
    }

    private static LinearAxis Axis(AxisPosition position, string title, Palette palette)
    {
        LinearAxis axis = ChartPainter.Axis<LinearAxis>(position, title, palette);
        axis.MajorGridlineStyle = LineStyle.Solid;
        return axis;
    }

    /// <summary>The legend entry of a class, whose points are in the <see cref="ScatterCloud"/>.</summary>
    private static ScatterSeries Key(string label, ScatterMark mark) => new()
    {
        Title = label,
        MarkerType = mark.Shape,
        MarkerSize = KeySize / 2,
        MarkerFill = mark.Color,
        MarkerStroke = mark.Color,
        MarkerStrokeThickness = mark.LineWidth(KeySize),
    };
}
