namespace Ml.Autoencoders.Tests.Build.Packaging;

/// <summary>What packages bring along. None brings native torch, an analyzer or a pin of this repository.</summary>
[Category("Packages")]
internal sealed class PackageDependencyTests
{
    private const string MlNet = "Microsoft.ML [5.0.1, 6.1.0)";

    [Test]
    public void The_library_brings_ml_net_managed_torch_and_protobuf() =>
        Assert.That(new PackageArchive("Ml.Autoencoders").Dependencies,
            Is.EquivalentTo(new[] { "Google.Protobuf 3.36.2", MlNet, "TorchSharp [0.107.0, 0.108.0)" }));

    [Test]
    public void The_evaluation_brings_the_library_of_its_own_version() =>
        Assert.That(new PackageArchive("Ml.Autoencoders.Evaluation").Dependencies,
            Is.EquivalentTo(new[]
            {
                $"Ml.Autoencoders [{Packed.Version}]",
                MlNet,
                "Microsoft.ML.LightGbm [5.0.1, 6.1.0)",
            }));

    [Test]
    public void Plots_bring_what_draws() =>
        Assert.That(new PackageArchive("Ml.Autoencoders.Plots").Dependencies, Is.EquivalentTo(new[]
        {
            "OxyPlot.SkiaSharp 2.2.0", "SkiaSharp 3.119.4", "SkiaSharp.HarfBuzz 3.119.4",
                "SkiaSharp.NativeAssets.Linux.NoDependencies 3.119.4",
            "HarfBuzzSharp.NativeAssets.Linux 8.3.1.5",
        }));

    [Test]
    public void Music_brings_ml_net_and_what_reads_midi() =>
        Assert.That(new PackageArchive("Ml.Autoencoders.Music").Dependencies,
            Is.EquivalentTo(new[] { MlNet, "NAudio.Midi 3.3.0" }));

    [Test]
    public void The_load_fix_is_that_of_the_repository()
    {
        var package = new PackageArchive("Ml.Autoencoders");
        Assert.That(package["buildTransitive/Ml.Autoencoders.targets"],
            Is.EqualTo(File.ReadAllBytes(Repository.PathOf("eng/NativeCompatibility.targets"))));
        Assert.That(package["buildTransitive/WeakenVersionDemand.cs"],
            Is.EqualTo(File.ReadAllBytes(Repository.PathOf("eng/WeakenVersionDemand.cs"))));
    }

    [Test]
    public void There_are_four_packages_each_with_symbols() =>
        Assert.That(Directory.GetFiles(Packed.Feed).Select(Path.GetFileName), Is.EquivalentTo(
            new[] { "Ml.Autoencoders", "Ml.Autoencoders.Evaluation", "Ml.Autoencoders.Music", "Ml.Autoencoders.Plots" }
                .SelectMany(id => new[] { $"{id}.{Packed.Version}.nupkg", $"{id}.{Packed.Version}.snupkg" })));

    [Test]
    public void Packed_again_they_are_the_same_bytes()
    {
        using var again = new TemporaryFolder();
        Packed.Pack(again.Path);
        foreach (string file in Directory.GetFiles(Packed.Feed))
            Assert.That(File.ReadAllBytes(again.File(Path.GetFileName(file))),
                Is.EqualTo(File.ReadAllBytes(file)), file);
    }
}
