using Ml.Autoencoders.Plots;

namespace CleanImages;

/// <summary>Digits, and the folder under which they are written as pictures.</summary>
internal sealed class DigitFiles
{
    private const int Drawn = 10;
    private const int Scale = 3;

    private readonly string _folder;

    public DigitFiles(string folder, int height, int width, IReadOnlyList<float[]> training,
        IReadOnlyList<float[]> test)
    {
        _folder = folder;
        Height = height;
        Width = width;
        Test = test;
        Training = Write("training", training, height, width);
    }

    public int Height { get; }

    public int Width { get; }

    /// <summary>Files to learn from.</summary>
    public IReadOnlyList<string> Training { get; }

    /// <summary>Others, as they should be.</summary>
    public IReadOnlyList<float[]> Test { get; }

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string[] Write(string name, IReadOnlyList<float[]> pictures, int height, int width) =>
        PictureFiles.WriteGray(PathOf(name), pictures, height, width);

    /// <summary>Prints how near each set of pictures is to the digits, and draws the first of them.</summary>
    /// <param name="title">Of the drawing.</param>
    /// <param name="name">Of its file.</param>
    /// <param name="sets">Pictures by what made them.</param>
    public void Compare(string title, string name, params (string Name, IReadOnlyList<float[]> Pictures)[] sets)
    {
        MeasuresTable.Print([.. sets.Select(set => ImageMeasures.Of(set.Name, Test, set.Pictures, Height, Width))]);
        ImageGrid grid = new ImageGrid(Height, Width)
        {
            Title = title,
            Scale = Scale,
        }.AddRow(Test.Take(Drawn), "digit");
        foreach ((string label, IReadOnlyList<float[]> pictures) in sets)
            grid.AddRow(pictures.Take(Drawn), label);
        grid.Save(PathOf(name));
        Console.WriteLine($"Drew {PathOf(name)}.");
    }
}
