namespace Samples.Data;

/// <summary>The digits of a folder with the four MNIST files.</summary>
/// <param name="Training">To learn from.</param>
/// <param name="Test">To measure on.</param>
/// <param name="Height">Rows of pixels of each.</param>
/// <param name="Width">Columns of pixels of each.</param>
internal sealed record Mnist(Digit[] Training, Digit[] Test, int Height, int Width)
{
    /// <summary>Where the copies of the repository lie beside the program.</summary>
    public static string Embedded { get; } = Path.Combine(AppContext.BaseDirectory, "mnist");

    /// <summary>Reads a folder; files may be gzipped or not.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="rows">How many training digits to keep, from the first; null for all.</param>
    public static Mnist Load(string folder, int? rows)
    {
        (Digit[] training, int height, int width) = Read(folder, "train", rows);
        (Digit[] test, int testHeight, int testWidth) = Read(folder, "t10k", null);
        if ((height, width) != (testHeight, testWidth))
            throw new InvalidDataException(
                $"'{folder}': training images are {height} x {width}, test images {testHeight} x {testWidth}.");
        return new Mnist(training, test, height, width);
    }

    private static (Digit[] Digits, int Height, int Width) Read(string folder, string set, int? rows)
    {
        string imagePath = Find(folder, $"{set}-images-idx3-ubyte");
        (float[][] images, int height, int width) = IdxFile.ReadImages(imagePath, rows);
        byte[] labels = IdxFile.ReadLabels(Find(folder, $"{set}-labels-idx1-ubyte"), rows);
        if (images.Length == 0 || labels.Length != images.Length)
            throw new InvalidDataException(
                $"'{imagePath}' holds {images.Length} images, and there are {labels.Length} labels; both must be the " +
                "same, and some.");
        if (images.Length < rows)
            throw new InvalidDataException($"{rows:N0} rows were asked for; '{imagePath}' holds {images.Length:N0}.");
        return ([.. images.Zip(labels, (pixels, label) => new Digit { Pixels = pixels, Number = label })],
            height, width);
    }

    private static string Find(string folder, string name) =>
        new[] { $"{name}.gz", name }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"'{folder}' has neither {name}.gz nor {name}.");
}
