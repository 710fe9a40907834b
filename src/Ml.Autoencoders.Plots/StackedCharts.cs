using OxyPlot;

namespace Ml.Autoencoders.Plots;

/// <summary>
/// Charts one below the other in one picture, such as a series and below it the score of each of its rows. Their axes
/// begin and end at the same places, so that equal values of <see cref="LineChart.XValues"/> stand below each other.
/// </summary>
/// <example>
/// <code>
/// new StackedCharts()
///     .Add(new LineChart { XTitle = "", YTitle = "pressure", Height = 260 }.AddSeries("measured", pressures))
///     .Add(new LineChart { XTitle = "minute", YTitle = "score", Height = 240 }.AddSeries("score", scores))
///     .Save("alarms.png");
/// </code>
/// </example>
/// <remarks>The picture is as high as its charts together.</remarks>
public sealed class StackedCharts
{
    private readonly List<LineChart> _charts = [];

    /// <summary>Adds a chart below those that are there.</summary>
    /// <param name="chart">Of the same width, scale and theme as the others. What it has when the picture is drawn is
    /// drawn.</param>
    /// <returns>This stack.</returns>
    /// <exception cref="ArgumentNullException">The chart is null.</exception>
    /// <exception cref="ArgumentException">Its width, scale or theme is not that of the others.</exception>
    public StackedCharts Add(LineChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        if (_charts is [var first, ..])
        {
            RequireSame(chart.Width, first.Width, nameof(LineChart.Width));
            RequireSame(chart.Scale, first.Scale, nameof(LineChart.Scale));
            RequireSame(chart.Theme, first.Theme, nameof(LineChart.Theme));
        }
        _charts.Add(chart);
        return this;

        static void RequireSame<T>(T value, T others, string name) where T : struct
        {
            if (!value.Equals(others))
                throw new ArgumentException(
                    $"{name} of the chart is {value}; in one picture it must be that of the chart above, {others}.",
                    nameof(chart));
        }
    }

    /// <summary>The picture as the bytes of a PNG file.</summary>
    /// <exception cref="InvalidOperationException">No chart has been added, one of them cannot be drawn
    /// (<see cref="LineChart.ToPng"/>), or the picture would be longer than 16,384 pixels on a side.</exception>
    public byte[] ToPng()
    {
        if (_charts.Count == 0)
            throw new InvalidOperationException("The stack is empty. Add at least one chart first.");
        foreach (LineChart chart in _charts)
            chart.RequireDrawable();
        (PlotModel, int)[] models = [.. _charts.Select(chart => (LineChartModel.Of(chart), chart.Height))];
        return ChartPainter.ToPng(models, _charts[0].Width, _charts[0].Scale, _charts[0].Theme);
    }

    /// <summary>Writes the picture as a PNG file, whole or not at all. An existing file is replaced.</summary>
    /// <param name="path">Of the file, in a folder that exists.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="InvalidOperationException">See <see cref="ToPng"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path) => Picture.Save(path, ToPng);
}
