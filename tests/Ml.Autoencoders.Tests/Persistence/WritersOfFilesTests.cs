using System.Runtime.Versioning;
using Microsoft.ML;
using Ml.Autoencoders.Music;
using Ml.Autoencoders.Plots;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>Everything that the libraries write goes through one door: to where a link leads, with the mode that was
/// there.</summary>
[Platform("Unix,Linux,MacOsX")]
[UnsupportedOSPlatform("windows")]
internal sealed class WritersOfFilesTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly MLContext _ml = new(seed: 1);
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Weights()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        RequireKept("model.safetensors", model.SaveWeights);
        using AutoencoderTransformer loaded = model.LoadWeights(_folder.File("model.safetensors"));
    }

    [Test]
    public void Onnx()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        RequireKept("model.onnx", path => model.SaveOnnx(path));
    }

    [Test]
    public void Pictures() =>
        RequireKept("losses.png", path => new LineChart().AddSeries("loss", [1, 2, 3]).Save(path));

    [Test]
    public void Melodies() =>
        RequireKept("melody.mid", path => MelodyMidi.Save(path, [Melody.FromNotes([new(0, 4, 60)], steps: 32)]));

    [Test]
    public void Checkpoints() => RequireKept("checkpoint.zip", _ =>
        Stage.Make(_ml, new() { Epochs = 2, BatchSize = 16, Seed = 7, Checkpoint = new(_folder.Path) })
            .Fit(Rows.View(_ml, 40)).Dispose());

    private void RequireKept(string name, Action<string> write)
    {
        string target = Path.Combine(Directory.CreateDirectory(_folder.File("elsewhere")).FullName, "target");
        File.WriteAllText(target, "old");
        File.SetUnixFileMode(target, Private);
        File.CreateSymbolicLink(_folder.File(name), target);
        write(_folder.File(name));
        Assert.That(new FileInfo(_folder.File(name)).LinkTarget, Is.EqualTo(target));
        Assert.That(File.GetUnixFileMode(target), Is.EqualTo(Private));
        Assert.That(new FileInfo(target).Length, Is.GreaterThan(40));
        Assert.That(Directory.EnumerateFiles(_folder.File("elsewhere")), Is.EqualTo(new[] { target }));
    }
}
