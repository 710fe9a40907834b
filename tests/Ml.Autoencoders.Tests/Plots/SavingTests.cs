using Ml.Autoencoders.Plots;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>Grids, charts and scatters are saved alike.</summary>
[TestFixture("grid")]
[TestFixture("chart")]
[TestFixture("scatter")]
internal sealed class SavingTests
{
    private readonly Action<string> _save;
    private readonly Func<byte[]> _toPng;
    private string _folder = "";

    public SavingTests(string kind)
    {
        ImageGrid grid = new ImageGrid(2, 2).AddRow([[0, 1, 1, 0]]);
        LineChart chart = new LineChart().AddSeries("loss", [2, 1]);
        ScatterPlot scatter = new ScatterPlot().AddPoints("7", [[2, 1]]);
        (_save, _toPng) = kind switch
        {
            "grid" => ((Action<string>)grid.Save, (Func<byte[]>)grid.ToPng),
            "chart" => (chart.Save, chart.ToPng),
            _ => (scatter.Save, scatter.ToPng),
        };
    }

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("plots").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_saved_picture_is_a_PNG_in_place_of_what_was_there()
    {
        string path = Path.Combine(_folder, "picture.png");
        File.WriteAllText(path, "an older picture");

        _save(path);

        byte[] saved = File.ReadAllBytes(path);
        Assert.That(saved[..8], Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }));
        Assert.That(saved, Is.EqualTo(_toPng()));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.EqualTo([path]));
    }

    [Test]
    public void A_path_that_cannot_be_written_leaves_nothing_behind()
    {
        string taken = Directory.CreateDirectory(Path.Combine(_folder, "picture.png")).FullName;

        Assert.That(() => _save(taken), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(() => _save(Path.Combine(_folder, "missing", "picture.png")),
            Throws.TypeOf<DirectoryNotFoundException>());
        Assert.That(Directory.GetFileSystemEntries(_folder, "*", SearchOption.AllDirectories), Is.EqualTo([taken]));
    }

    [Test]
    public void An_empty_path_is_refused()
    {
        Assert.That(() => _save(""), Throws.ArgumentException.With.Property("ParamName").EqualTo("path"));
        Assert.That(() => _save(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("path"));
    }
}
