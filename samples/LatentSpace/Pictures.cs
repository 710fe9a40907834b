using Ml.Autoencoders.Plots;

namespace LatentSpace;

/// <summary>Where pictures go.</summary>
internal sealed class Pictures(int height, int width, string folder)
{
    /// <summary>A picture of rows of digits.</summary>
    public ImageGrid Grid(string title, int gap = 2) => new(height, width) { Title = title, Scale = 2, Gap = gap };

    public void Save(ImageGrid picture, string name) => Save(picture.Save, name);

    public void Save(ScatterPlot picture, string name) => Save(picture.Save, name);

    private void Save(Action<string> save, string name)
    {
        string path = Path.Combine(folder, name);
        save(path);
        Console.WriteLine($"  drew {path}");
    }
}
