using OxyPlot;

namespace Ml.Autoencoders.Plots;

/// <summary>
/// A picture of points in the plane, colored by their label: codes of two numbers, by the digit that they stand for.
/// </summary>
/// <example>
/// <code>
/// var plot = new ScatterPlot { Title = "Digits as two numbers", EqualAxes = true };
/// foreach (var digit in digits.GroupBy(row => row.Number).OrderBy(group => group.Key))
///     plot.AddPoints($"{digit.Key}", digit.Select(row => row.Code));
/// plot.Save("codes.png");
/// </code>
/// </example>
/// <remarks>
/// <para>In the light theme the first seven colors are those of Okabe and Ito. Color-blind readers can tell apart the
/// ten of either theme. From the eleventh label on they repeat with another shape, from the 61st on with the first one
/// again.</para>
/// <para>Points are a little transparent, and the labels take turns in being drawn, so that none covers the others. A
/// point with a coordinate that is not finite has no place and is left out. Text is drawn in a font that comes with the
/// assembly and holds Latin, Greek and Cyrillic.</para>
/// </remarks>
public sealed class ScatterPlot
{
    private readonly List<ScatterClass> _classes = [];
    private readonly List<ChartLevel> _levels = [];

    /// <summary>The line above the points.</summary>
    /// <value>The default is empty: no title.</value>
    public string Title
    {
        get;
        init
        {
            Require.NotNull(value, nameof(ScatterPlot), nameof(Title));
            field = value;
        }
    } = "";

    /// <summary>The title of the horizontal axis.</summary>
    /// <value>The default is <c>z1</c>, the first number of a code.</value>
    public string XTitle
    {
        get;
        init
        {
            Require.NotNull(value, nameof(ScatterPlot), nameof(XTitle));
            field = value;
        }
    } = "z1";

    /// <summary>The title of the vertical axis.</summary>
    /// <value>The default is <c>z2</c>, the second number of a code.</value>
    public string YTitle
    {
        get;
        init
        {
            Require.NotNull(value, nameof(ScatterPlot), nameof(YTitle));
            field = value;
        }
    } = "z2";

    /// <summary>The width of a point, in pixels.</summary>
    /// <value>Between 1 and 64. The default is 4: right for some thousands of points, small for a few dozen.</value>
    public float PointSize
    {
        get;
        init
        {
            Require.Within(value, 1, 64, nameof(ScatterPlot), nameof(PointSize));
            field = value;
        }
    } = 4;

    /// <summary>
    /// Whether a step to the right is as long as the same step upward, so that distances are what they look like.
    /// </summary>
    /// <value>The default is false: the points fill the picture.</value>
    public bool EqualAxes { get; init; }

    /// <summary>The width of the picture, in pixels at a <see cref="Scale"/> of 1.</summary>
    /// <value>Between 200 and 16,384. The default is 800.</value>
    public int Width
    {
        get;
        init
        {
            Require.Within(value, ChartPainter.ShortestSide, Picture.LongestSide, nameof(ScatterPlot), nameof(Width));
            field = value;
        }
    } = 800;

    /// <summary>The height of the picture, in pixels at a <see cref="Scale"/> of 1.</summary>
    /// <value>Between 200 and 16,384. The default is 700.</value>
    public int Height
    {
        get;
        init
        {
            Require.Within(value, ChartPainter.ShortestSide, Picture.LongestSide, nameof(ScatterPlot), nameof(Height));
            field = value;
        }
    } = 700;

    /// <summary>
    /// How many pixels of the picture, across and down, a pixel of <see cref="Width"/> and <see cref="Height"/> takes.
    /// </summary>
    /// <value>Between 1 and 4. The default is 1; 2 is sharp on a display of twice the density.</value>
    public int Scale
    {
        get;
        init
        {
            Require.Within(value, 1, 4, nameof(ScatterPlot), nameof(Scale));
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
            Require.Defined(value, nameof(ScatterPlot), nameof(Theme));
            field = value;
        }
    }

    internal IReadOnlyList<ScatterClass> Classes => _classes;

    internal IReadOnlyList<ChartLevel> Levels => _levels;

    /// <summary>Adds the points of a label.</summary>
    /// <param name="label">Their name in the legend.</param>
    /// <param name="points">Of two numbers each: how far to the right and how far up.
    /// Their current values are drawn.</param>
    /// <returns>This plot.</returns>
    /// <exception cref="ArgumentNullException">An argument, or one of the points, is null.</exception>
    /// <exception cref="ArgumentException">The label is empty or taken; or there are no points, or one that does not
    /// have two numbers.</exception>
    public ScatterPlot AddPoints(string label, IEnumerable<float[]> points)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        ArgumentNullException.ThrowIfNull(points);
        if (_classes.Exists(one => string.Equals(one.Label, label, StringComparison.Ordinal)))
            throw new ArgumentException($"The plot has points '{label}' already; labels must differ.", nameof(label));
        DataPoint[] places = [.. points.Select((point, i) => ToPlace(point, i, label, nameof(points)))];
        if (places.Length == 0)
            throw new ArgumentException($"There are no points '{label}'; there must be at least 1.", nameof(points));
        _classes.Add(new ScatterClass(label,
            [.. places.Where(place => double.IsFinite(place.X) && double.IsFinite(place.Y))]));
        return this;
    }

    /// <summary>Adds a dashed line across the picture, such as a threshold of scores, with its label above it. Points
    /// are drawn over it.</summary>
    /// <param name="label">The text.</param>
    /// <param name="height">Where it crosses the vertical axis, which reaches that far.</param>
    /// <returns>This plot.</returns>
    /// <exception cref="ArgumentNullException">The label is null.</exception>
    /// <exception cref="ArgumentException">The label is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The height is not finite.</exception>
    public ScatterPlot AddLevel(string label, float height)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        Require.Finite(height, nameof(AddLevel), nameof(height));
        _levels.Add(new ChartLevel(label, height));
        return this;
    }

    /// <summary>The picture as the bytes of a PNG file.</summary>
    /// <exception cref="InvalidOperationException">No points have been added, the legend leaves no room for them, or
    /// the picture would be longer than 16,384 pixels on a side.</exception>
    public byte[] ToPng()
    {
        if (_classes.Count == 0)
            throw new InvalidOperationException("The plot is empty. Add the points of at least one label first.");
        PlotModel model = ScatterPlotModel.Of(this);
        byte[] png = ChartPainter.ToPng(model, Width, Height, Scale, Theme);
        if (model.PlotArea.Width < Width / 10.0)
        {
            throw new InvalidOperationException(
                $"The legend leaves no room for the points. Raise ScatterPlot.Width (it is {Width}) or shorten the " +
                "labels.");
        }
        return png;
    }

    /// <summary>Writes the picture as a PNG file, whole or not at all. An existing file is replaced.</summary>
    /// <param name="path">Of the file, in a folder that exists.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="InvalidOperationException">See <see cref="ToPng"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path) => Picture.Save(path, ToPng);

    private static DataPoint ToPlace(float[] point, int index, string label, string parameter)
    {
        if (point is null)
            throw new ArgumentNullException(parameter, $"Point {index} of '{label}' is null.");
        if (point.Length != 2)
            throw new ArgumentException(
                $"Point {index} of '{label}' has {point.Length} values; it must have 2 (across, up).", parameter);
        return new DataPoint(point[0], point[1]);
    }
}
