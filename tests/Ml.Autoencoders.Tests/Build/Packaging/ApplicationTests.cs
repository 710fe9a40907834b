using System.Text;

namespace Ml.Autoencoders.Tests.Build.Packaging;

/// <summary>
/// The program of tests/package, which has the packages and nothing else of this repository, built outside of
/// its sources and published.
/// </summary>
/// <remarks>With the ML.NET that the packages bring along, and as an application that has another package
/// of a newer ML.NET.</remarks>
[Category("Packages")]
[TestFixture("5.0.1", false)]
[TestFixture("6.0.0", true)]
internal sealed class ApplicationTests(string mlNet, bool hasOnnxTransformer)
{
    private Stranger _stranger = null!;
    private string _project = null!;
    private string _artifacts = null!;
    private string _published = null!;
    private string _work = null!;

    [OneTimeSetUp]
    public void Publish()
    {
        _stranger = new Stranger();
        _project = _stranger.NewFolder("application");
        foreach (string file in Directory.GetFiles(Repository.PathOf("tests/package")))
            File.Copy(file, Path.Combine(_project, Path.GetFileName(file)));
        (_artifacts, _published, _work) = (_stranger.NewFolder("artifacts"), _stranger.NewFolder("published"),
            _stranger.NewFolder("work"));
        (string torch, string version) = Packages.NativeTorch();
        // For one platform, whose native files lie beside the program; those of a fresh project lie in folders by
        // platform. A version outside of a package's range is a warning (NU1608), and so an error here.
        DotNet.RunIn(_project, "publish", "--use-current-runtime", "--no-self-contained", "--artifacts-path",
            _artifacts, "--output", _published,
            $"-property:LibraryVersion={Packed.Version};NativeTorch={torch};NativeTorchVersion={version};WarningsAsErrors=NU1608",
            $"-property:OnnxTransformerVersion={(hasOnnxTransformer ? mlNet : "")}");
    }

    [OneTimeTearDown]
    public void Delete() => _stranger.Dispose();

    [Test]
    public void Nothing_is_written_beside_its_sources() =>
        Assert.That(Directory.GetFileSystemEntries(_project).Select(Path.GetFileName),
        Is.EquivalentTo(Directory.GetFiles(Repository.PathOf("tests/package")).Select(Path.GetFileName)));

    [Test]
    public void The_published_program_loads_what_the_built_one_saved_and_gives_the_same_codes()
    {
        string built = Directory.GetFiles(Path.Combine(_artifacts, "bin"), "Application.dll",
            SearchOption.AllDirectories).Single();
        string[] codes = DotNet.RunIn(_work, built, "fit", "model.zip", "losses.png");
        Assert.That(codes, Has.Length.EqualTo(200).And.Unique);
        Assert.That(Run("load", "model.zip"), Is.EqualTo(codes));
        Assert.That(Encoding.ASCII.GetString(File.ReadAllBytes(Path.Combine(_work, "losses.png")), 1, 3),
            Is.EqualTo("PNG"));
    }

    [Test]
    public void The_published_program_compares_with_pca() =>
        Assert.That(Run("compare"), Is.EqualTo(new[] { "PCA (exact)", "PCA (ML.NET)", "plain" }));

    [TestCase("Microsoft.ML.Core.dll")]
    [TestCase("Microsoft.ML.Data.dll")]
    public void Ml_net_is_published_as_it_came(string assembly) =>
        Assert.That(File.ReadAllBytes(Path.Combine(_published, assembly)),
        Is.EqualTo(Packages.ReadOriginal("Microsoft.ML", mlNet, $"lib/netstandard2.0/{assembly}")));

    private string[] Run(params string[] arguments) =>
        DotNet.RunIn(_work, [Path.Combine(_published, "Application.dll"), .. arguments]);
}
