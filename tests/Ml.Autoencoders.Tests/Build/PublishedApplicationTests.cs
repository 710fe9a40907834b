using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Build;

/// <summary>An application with the library, published.</summary>
internal sealed class PublishedApplicationTests
{
    private const string NativeLibrary = "runtimes/linux-x64/native/libLibTorchSharp.so";
    private const string Demand = "GLIBCXX_3.4.32";

    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Publish()
    {
        _folder = new TemporaryFolder();
        DotNet.Run("publish", Repository.LoaderProject, "--configuration", Repository.Configuration, "--no-build",
            "--output", _folder.Path);
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void It_gives_the_same_bits()
    {
        var ml = new MLContext();
        using AutoencoderTransformer model = Stage.Fit(ml);
        byte[] saved = ModelZip.Save(ml, model, Loader.Rows(ml).Schema);
        Assert.That(Loader.Run(_folder.Path, saved, "Code"),
            Is.EqualTo(Loader.Expected(ml, model, "Code")).And.Exactly(Loader.RowCount).Items);
    }

    [Test]
    public void It_ships_nothing_that_was_altered_for_the_compiler()
    {
        foreach (string assembly in new[] { "Microsoft.ML.Core.dll", "Microsoft.ML.Data.dll" })
        {
            Assert.That(File.ReadAllBytes(_folder.File(assembly)),
                Is.EqualTo(Packages.ReadOriginal("Microsoft.ML", $"lib/netstandard2.0/{assembly}")));
        }
        Assert.That(Directory.GetFiles(_folder.Path, "FriendAccess*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    [Platform("Linux")]
    public void Its_native_library_demands_the_newest_libstdcxx_weakly_only()
    {
        byte[] original = Packages.ReadOriginal("TorchSharp", NativeLibrary);
        byte[] published = File.ReadAllBytes(_folder.File(NativeLibrary));
        Assert.That(ElfVersionDemands.Of(original), Has.One.EqualTo((Demand, (ushort)0)));
        Assert.That(ElfVersionDemands.Of(published), Has.One.EqualTo((Demand, ElfVersionDemands.Weak)));
        Assert.That(published.Zip(original).Count(bytes => bytes.First != bytes.Second), Is.EqualTo(1));
        Assert.That(published, Has.Length.EqualTo(original.Length));
    }

    [Test]
    [Platform("Linux")]
    public void The_package_cache_stays_as_it_is() =>
        Assert.That(File.ReadAllBytes(Path.Combine(Packages.FolderOf("TorchSharp"), NativeLibrary)),
            Is.EqualTo(Packages.ReadOriginal("TorchSharp", NativeLibrary)));
}
