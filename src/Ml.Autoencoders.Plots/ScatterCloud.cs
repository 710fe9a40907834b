using OxyPlot;
using OxyPlot.Series;

namespace Ml.Autoencoders.Plots;

/// <summary>The points of all classes of a <see cref="ScatterPlot"/>.</summary>
/// <remarks>
/// One series, where OxyPlot would have one for each class: it draws them one over the other, and in a dense cloud the
/// last class covers the rest. Here the classes take turns, a large one more often, so that what shows on top is what
/// there is most of.
/// </remarks>
internal sealed class ScatterCloud : XYAxisSeries
{
    // Points behind others shine through, and where many lie the color is full.
    private const byte Opacity = 178;

    private readonly (DataPoint Point, ScatterMark Mark)[] _points;
    private readonly IReadOnlyList<ChartLevel> _levels;
    private readonly double _pointSize;

    public ScatterCloud(IReadOnlyList<ScatterClass> classes, IReadOnlyList<ChartLevel> levels, double pointSize,
        Palette palette)
    {
        _levels = levels;
        _pointSize = pointSize;
        _points =
        [
            .. classes
                .SelectMany((one, index) => one.Points.Select((point, i) =>
                    (Point: point, Mark: ScatterMark.Of(index, palette), Turn: (i + 0.5) / one.Points.Length)))
                .OrderBy(drawn => drawn.Turn)
                .Select(drawn => (drawn.Point, drawn.Mark)),
        ];
    }

    public override void Render(IRenderContext rc)
    {
        foreach ((DataPoint point, ScatterMark mark) in _points)
        {
            OxyColor color = OxyColor.FromAColor(Opacity, mark.Color);
            rc.DrawMarker(Transform(point), mark.Shape, outline: null, _pointSize / 2, fill: color, stroke: color,
                mark.LineWidth(_pointSize), EdgeRenderingMode.PreferGeometricAccuracy);
        }
    }

    protected override void UpdateMaxMin()
    {
        base.UpdateMaxMin();
        if (_points.Length == 0)
            return;
        MinX = _points.Min(drawn => drawn.Point.X);
        MaxX = _points.Max(drawn => drawn.Point.X);
        double[] heights = [.. _points.Select(drawn => drawn.Point.Y), .. _levels.Select(level => level.Height)];
        MinY = heights.Min();
        MaxY = heights.Max();
    }
}
