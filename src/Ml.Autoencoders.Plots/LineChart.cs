using System.Globalization;

namespace Ml.Autoencoders.Plots;

/// <summary>
/// A picture of curves: the training and the validation loss over the epochs of a fit, or a measure over sizes of
/// codes.
/// </summary>
/// <example>
/// <code>
/// new LineChart { Title = "Loss", YTitle = "mean squared error", LogarithmicY = true }
///     .AddSeries("training", epochs.Select(epoch => epoch.Training.Total))
///     .AddSeries("validation", epochs.Select(epoch => epoch.Validation!.Total))
///     .Save("loss.png");
/// </code>
/// </example>
/// <remarks>
/// Color-blind readers can tell the colors apart, which in the light theme are those of Okabe and Ito; from the eighth
/// series on they repeat, dashed. Up to 20 values are marked, in alternating shapes. A value that is not finite leaves
/// a gap in its curve. Text is drawn in a font that comes with the assembly and holds Latin, Greek and Cyrillic.
/// </remarks>
public sealed class LineChart
{
    private readonly List<ChartSeries> _series = [];
    private readonly List<ChartLevel> _levels = [];
    private readonly List<ChartSpans> _spans = [];

    /// <summary>The line above the chart.</summary>
    /// <value>The default is empty: no title.</value>
    public string Title
    {
        get;
        init
        {
            Require.NotNull(value, nameof(LineChart), nameof(Title));
            field = value;
        }
    } = "";

    /// <summary>The title of the horizontal axis.</summary>
    /// <value>The default is <c>epoch</c>.</value>
    public string XTitle
    {
        get;
        init
        {
            Require.NotNull(value, nameof(LineChart), nameof(XTitle));
            field = value;
        }
    } = "epoch";

    /// <summary>The title of the vertical axis.</summary>
    /// <value>The default is <c>loss</c>.</value>
    public string YTitle
    {
        get;
        init
        {
            Require.NotNull(value, nameof(LineChart), nameof(YTitle));
            field = value;
        }
    } = "loss";

    /// <summary>
    /// The places of the values of a series from left to right: 2, 8, 16 and 32, for codes of these sizes.
    /// </summary>
    /// <value>Finite numbers, each above the one before, as many as a series has values; or none, for 1, 2, 3 and so
    /// on. The default is none.</value>
    public IReadOnlyList<double> XValues
    {
        get;
        init
        {
            Require.NotNull(value, nameof(LineChart), nameof(XValues));
            field = RequireAscending([.. value]);
        }
    } = [];

    /// <summary>Whether the numbers below the horizontal axis are round, such as 10, 20 and 30, rather than those of
    /// <see cref="XValues"/>: for curves of many values, such as a series of readings.</summary>
    /// <value>The default is false. If true, <see cref="LogarithmicX"/> must be false.</value>
    public bool RoundXTicks { get; init; }

    /// <summary>Whether the horizontal axis is logarithmic: equal steps are equal factors.</summary>
    /// <value>The default is false. If true, all of <see cref="XValues"/> must be above 0.</value>
    public bool LogarithmicX { get; init; }

    /// <summary>Whether the vertical axis is logarithmic: equal steps are equal factors.</summary>
    /// <value>The default is false. If true, every value must be above 0.</value>
    public bool LogarithmicY { get; init; }

    /// <summary>The width of the picture, in pixels at a <see cref="Scale"/> of 1.</summary>
    /// <value>Between 200 and 16,384. The default is 900.</value>
    public int Width
    {
        get;
        init
        {
            Require.Within(value, ChartPainter.ShortestSide, Picture.LongestSide, nameof(LineChart), nameof(Width));
            field = value;
        }
    } = 900;

    /// <summary>The height of the picture, in pixels at a <see cref="Scale"/> of 1.</summary>
    /// <value>Between 200 and 16,384. The default is 500.</value>
    public int Height
    {
        get;
        init
        {
            Require.Within(value, ChartPainter.ShortestSide, Picture.LongestSide, nameof(LineChart), nameof(Height));
            field = value;
        }
    } = 500;

    /// <summary>
    /// How many pixels of the picture, across and down, a pixel of <see cref="Width"/> and <see cref="Height"/> takes.
    /// </summary>
    /// <value>Between 1 and 4. The default is 1; 2 is sharp on a display of twice the density.</value>
    public int Scale
    {
        get;
        init
        {
            Require.Within(value, 1, 4, nameof(LineChart), nameof(Scale));
            field = value;
        }
    } = 1;

    /// <summary>Whether the picture is dark on white or light on almost black.</summary>
    /// <value>The default is <see cref="PlotTheme.Light"/>.</value>
    public PlotTheme Theme
    {
        get;
        init
        {
            Require.Defined(value, nameof(LineChart), nameof(Theme));
            field = value;
        }
    }

    internal IReadOnlyList<ChartSeries> Series => _series;

    internal IReadOnlyList<ChartLevel> Levels => _levels;

    internal IReadOnlyList<ChartSpans> Spans => _spans;

    /// <summary>Adds a curve.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="values">At <see cref="XValues"/>, or at 1, 2, 3 and so on; as many as the other curves
    /// have.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The name is empty or taken; or there are no values, not as many as
    /// <see cref="XValues"/> or as in the other curves, or, with <see cref="LogarithmicY"/>, some that are not above
    /// 0.</exception>
    public LineChart AddSeries(string name, IEnumerable<double> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(values);
        if (_series.Exists(series => string.Equals(series.Name, name, StringComparison.Ordinal)))
            throw new ArgumentException($"The chart has a series '{name}' already; names must differ.", nameof(name));
        double[] points = [.. values];
        if (points.Length == 0)
            throw new ArgumentException($"Series '{name}' has no values; it must have at least 1.", nameof(values));
        if (XValues.Count > 0 && points.Length != XValues.Count)
            throw new ArgumentException(
                $"Series '{name}' has {points.Length} values, but there are {XValues.Count} XValues.", nameof(values));
        if (_series.Count > 0 && points.Length != _series[0].Values.Length)
        {
            throw new ArgumentException(
                $"Series '{name}' has {points.Length} values, but series '{_series[0].Name}' has " +
                $"{_series[0].Values.Length}.", nameof(values));
        }
        if (LogarithmicY && Array.FindIndex(points, value => value <= 0) is >= 0 and int at)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Series '{name}' is {points[at]} at {(XValues.Count > 0 ? XValues[at] : at + 1)}; on a logarithmic " +
                $"axis it must be above 0."), nameof(values));
        }
        _series.Add(new ChartSeries(name, points));
        return this;
    }

    /// <summary>Adds a dashed line across the picture, such as a threshold of scores, with its label above it, at the
    /// end at which fewer values are in its way. Curves are drawn over it.</summary>
    /// <param name="label">The text.</param>
    /// <param name="height">Where it crosses the vertical axis, which reaches that far.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentNullException">The label is null.</exception>
    /// <exception cref="ArgumentException">The label is empty; or, with <see cref="LogarithmicY"/>, the height is not
    /// above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The height is not finite.</exception>
    public LineChart AddLevel(string label, double height)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        Require.Finite(height, nameof(AddLevel), nameof(height));
        if (LogarithmicY && height <= 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Level '{label}' is {height}; on a logarithmic axis it must be above 0."), nameof(height));
        }
        _levels.Add(new ChartLevel(label, height));
        return this;
    }

    /// <summary>Marks stretches of the horizontal axis by a tinted background, such as the times of alarms. One that
    /// is too narrow to be seen, such as that of a single value, is drawn a few pixels wide. Curves are drawn over
    /// it.</summary>
    /// <param name="label">Their name in the legend.</param>
    /// <param name="spans">Where each begins and ends, in the numbers of <see cref="XValues"/>. There may be none. What
    /// lies outside of the axis is not drawn.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The label is empty or taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, or below its beginning; or, with
    /// <see cref="LogarithmicX"/>, a beginning is not above 0.</exception>
    public LineChart AddSpans(string label, IEnumerable<(double From, double To)> spans)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        ArgumentNullException.ThrowIfNull(spans);
        if (_spans.Exists(one => string.Equals(one.Label, label, StringComparison.Ordinal)))
            throw new ArgumentException($"The chart has spans '{label}' already; labels must differ.", nameof(label));
        (double From, double To)[] marked = [.. spans];
        for (int i = 0; i < marked.Length; i++)
        {
            Require.Finite(marked[i].From, nameof(AddSpans), $"{nameof(spans)}[{i}].From");
            Require.Finite(marked[i].To, nameof(AddSpans), $"{nameof(spans)}[{i}].To");
            Require.AtLeast(marked[i].To, marked[i].From, nameof(AddSpans), $"{nameof(spans)}[{i}].To");
            if (LogarithmicX)
                Require.Above(marked[i].From, 0, nameof(AddSpans), $"{nameof(spans)}[{i}].From");
        }
        _spans.Add(new ChartSpans(label, marked));
        return this;
    }

    /// <summary>The picture as the bytes of a PNG file.</summary>
    /// <exception cref="InvalidOperationException">No series has been added; with <see cref="LogarithmicX"/>,
    /// <see cref="XValues"/> are not above 0, or <see cref="RoundXTicks"/> is true; or the picture would be longer than
    /// 16,384 pixels on a side.</exception>
    public byte[] ToPng()
    {
        RequireDrawable();
        return ChartPainter.ToPng(LineChartModel.Of(this), Width, Height, Scale, Theme);
    }

    /// <summary>Writes the picture as a PNG file, whole or not at all. An existing file is replaced.</summary>
    /// <param name="path">Of the file, in a folder that exists.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="InvalidOperationException">See <see cref="ToPng"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path) => Picture.Save(path, ToPng);

    /// <summary>Refuses what cannot be drawn.</summary>
    internal void RequireDrawable()
    {
        if (_series.Count == 0)
            throw new InvalidOperationException("The chart is empty. Add at least one series first.");
        if (LogarithmicX && XValues.Count > 0 && XValues[0] <= 0)
            throw new InvalidOperationException(
                FormattableString.Invariant(
                    $"XValues begin at {XValues[0]}; on a logarithmic axis they must be above 0."));
        if (LogarithmicX && RoundXTicks)
            throw new InvalidOperationException(
                "RoundXTicks is true, and so is LogarithmicX; a logarithmic axis has its numbers at XValues.");
    }

    private static double[] RequireAscending(double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Require.Finite(values[i], nameof(LineChart), $"{nameof(XValues)}[{i}]");
            if (i > 0)
                Require.Above(values[i], values[i - 1], nameof(LineChart), $"{nameof(XValues)}[{i}]");
        }
        return values;
    }
}
