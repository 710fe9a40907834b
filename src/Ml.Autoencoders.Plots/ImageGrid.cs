using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>
/// A picture of rows of small images, all of one size: originals over their reconstructions, noisy digits over clean
/// ones, or samples side by side.
/// </summary>
/// <example>
/// <code>
/// new ImageGrid(height: 28, width: 28) { Title = "Denoised digits" }
///     .AddRow(noisy, "noisy")
///     .AddRow(clean, "denoised")
///     .Save("digits.png");
/// </code>
/// </example>
/// <remarks>
/// Images are drawn as they are, each pixel a square with sharp edges. Values below 0 are drawn as 0, values above 1 as
/// 1, and NaN in magenta. Text is drawn in a font that comes with the assembly and holds Latin, Greek and Cyrillic.
/// </remarks>
public sealed class ImageGrid
{
    private readonly List<GridRow> _rows = [];

    /// <summary>An empty grid of images of one size.</summary>
    /// <param name="height">Of an image, in its own pixels; at least 1.</param>
    /// <param name="width">Of an image, in its own pixels; at least 1.</param>
    /// <param name="channels">1 for gray or 3 for color.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public ImageGrid(int height, int width, int channels = 1)
    {
        Require.Within(height, 1, Picture.LongestSide, nameof(ImageGrid), nameof(height));
        Require.Within(width, 1, Picture.LongestSide, nameof(ImageGrid), nameof(width));
        if (channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(channels),
                $"ImageGrid: channels is {channels}; it must be 1 (gray) or 3 (red, green, blue).");
        }
        Height = height;
        Width = width;
        Channels = channels;
    }

    /// <summary>The height of an image, in its own pixels.</summary>
    public int Height { get; }

    /// <summary>The width of an image, in its own pixels.</summary>
    public int Width { get; }

    /// <summary>1 for gray images, 3 for color.</summary>
    public int Channels { get; }

    /// <summary>The line above the images.</summary>
    /// <value>The default is empty: no title.</value>
    public string Title
    {
        get;
        init
        {
            Require.NotNull(value, nameof(ImageGrid), nameof(Title));
            field = value;
        }
    } = "";

    /// <summary>A caption over each column, for example the digit that it shows.</summary>
    /// <value>One for every image of a row, or none. The default is none.</value>
    public IReadOnlyList<string> Captions
    {
        get;
        init
        {
            Require.NotNull(value, nameof(ImageGrid), nameof(Captions));
            field = [.. value];
        }
    } = [];

    /// <summary>How many pixels of the picture, across and down, a pixel of an image takes.</summary>
    /// <value>Between 1 and 64. The default is 2.</value>
    public int Scale
    {
        get;
        init
        {
            Require.Within(value, 1, 64, nameof(ImageGrid), nameof(Scale));
            field = value;
        }
    } = 2;

    /// <summary>
    /// The space between two images, in pixels of the picture. With 0 they touch, as tiles of one image.
    /// </summary>
    /// <value>Between 0 and 256. The default is 4.</value>
    public int Gap
    {
        get;
        init
        {
            Require.Within(value, 0, 256, nameof(ImageGrid), nameof(Gap));
            field = value;
        }
    } = 4;

    /// <summary>Whether the picture is dark on white or light on almost black.</summary>
    /// <value>The default is <see cref="PlotTheme.Light"/>. Images are the same in both.</value>
    public PlotTheme Theme
    {
        get;
        init
        {
            Require.Defined(value, nameof(ImageGrid), nameof(Theme));
            field = value;
        }
    }

    internal IReadOnlyList<GridRow> Rows => _rows;

    /// <summary>Adds a row of images below the existing ones.</summary>
    /// <param name="images">From left to right, as many as in the other rows; each one <see cref="Height"/> lines of
    /// <see cref="Width"/> values between 0 and 1, for color images three such planes: red, green, blue.
    /// Their current values are drawn.</param>
    /// <param name="label">The text to the left of the row.</param>
    /// <returns>This grid.</returns>
    /// <exception cref="ArgumentNullException">An argument, or one of the images, is null.</exception>
    /// <exception cref="ArgumentException">There are no images, not as many as in the other rows, or not as many as
    /// there are captions; or an image does not have the size of the grid's.</exception>
    public ImageGrid AddRow(IEnumerable<float[]> images, string label = "")
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(label);
        SKColor[][] row = [.. images.Select((image, column) => ToColors(image, column, nameof(images)))];
        if (row.Length == 0)
            throw new ArgumentException($"Row {_rows.Count} has no images; it must have at least 1.", nameof(images));
        if (_rows.Count > 0 && row.Length != _rows[0].Images.Length)
            throw WrongCount(row.Length, $"the rows above have {_rows[0].Images.Length}", nameof(images));
        if (Captions.Count > 0 && row.Length != Captions.Count)
            throw WrongCount(row.Length, $"there are {Captions.Count} captions", nameof(images));
        _rows.Add(new GridRow(label, row));
        return this;
    }

    /// <summary>The picture as the bytes of a PNG file.</summary>
    /// <exception cref="InvalidOperationException">No row has been added, or the picture would be longer than 16,384
    /// pixels on a side.</exception>
    public byte[] ToPng()
    {
        if (_rows.Count == 0)
            throw new InvalidOperationException("The grid is empty. Add at least one row of images first.");
        using var lettering = new Lettering();
        var layout = new GridLayout(this, lettering);
        return Picture.ToPng(layout.PictureWidth, layout.PictureHeight, Palette.Of(Theme).Paper,
            canvas => GridPainter.Draw(canvas, this, layout, lettering));
    }

    /// <summary>Writes the picture as a PNG file, whole or not at all. An existing file is replaced.</summary>
    /// <param name="path">Of the file, in a folder that exists.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="InvalidOperationException">See <see cref="ToPng"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path) => Picture.Save(path, ToPng);

    private SKColor[] ToColors(float[] image, int column, string parameter)
    {
        string where = $"Image {column} of row {_rows.Count}";
        if (image is null)
            throw new ArgumentNullException(parameter, $"{where} is null.");
        long expected = (long)Channels * Height * Width;
        if (image.Length != expected)
        {
            throw new ArgumentException(
                $"{where} has {image.Length} values; it must have {expected} ({Channels} x {Height} x {Width}).",
                parameter);
        }
        return Pixels.ToColors(image, Channels);
    }

    private ArgumentException WrongCount(int found, string expected, string parameter) =>
        new($"Row {_rows.Count} has {found} images, but {expected}.", parameter);
}
