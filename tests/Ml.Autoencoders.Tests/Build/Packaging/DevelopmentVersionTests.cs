using System.Text.RegularExpressions;

namespace Ml.Autoencoders.Tests.Build.Packaging;

/// <summary>The versions of packages that are made without being told one.</summary>
[Category("Packages")]
internal sealed partial class DevelopmentVersionTests
{
    private static readonly string[] Ids =
        ["Ml.Autoencoders", "Ml.Autoencoders.Evaluation", "Ml.Autoencoders.Music", "Ml.Autoencoders.Plots"];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Each_time_packages_are_made_they_have_a_version_of_their_own()
    {
        string[] versions = [PackedVersion("first"), PackedVersion("second")];
        Assert.That(versions, Has.All.Match(@"^\d+\.\d+\.\d+-dev\.\d{14}$"));
        Assert.That(versions, Is.Unique.And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [Test]
    public void A_release_has_the_version_alone() => Assert.That(PackedVersion("release", "-property:IsRelease=true"),
        Is.EqualTo(Packed.Version.Split('-')[0]));

    [Test]
    public void A_project_that_is_packed_alone_does_not_take_the_time_of_an_earlier_packing()
    {
        const string Earlier = "20000101000000";
        string stamp = Repository.PathOf("obj/packed-at");
        string feed = _folder.File("alone");
        Directory.CreateDirectory(Path.GetDirectoryName(stamp)!);
        File.WriteAllText(stamp, Earlier);
        try
        {
            DotNet.Run("pack", Repository.PathOf("src/Ml.Autoencoders.Plots"), "--no-build", "--configuration",
                Repository.Configuration, "--output", feed);
        }
        finally
        {
            File.Delete(stamp);
        }
        string package = Path.GetFileName(Directory.GetFiles(feed, "*.nupkg").Single());
        Assert.That(package, Does.Match(@"-dev\.\d{14}\.nupkg$").And.Not.Contains(Earlier));
    }

    /// <summary>The version that all packages have, and that the evaluation asks of the library.</summary>
    private string PackedVersion(string name, params string[] options)
    {
        string feed = _folder.File(name);
        DotNet.Run(["pack", Repository.PathOf("Ml.Autoencoders.sln"), "--no-build", "--configuration",
            Repository.Configuration, "--output", feed, .. options]);
        string version = VersionInName().Match(Directory.GetFiles(feed, "Ml.Autoencoders.Plots.*.nupkg").Single())
            .Groups[1].Value;
        Assert.That(Directory.GetFiles(feed, "*.nupkg").Select(Path.GetFileName),
            Is.EquivalentTo(Ids.Select(id => $"{id}.{version}.nupkg")));
        Assert.That(new PackageArchive("Ml.Autoencoders.Evaluation", feed, version).Dependencies,
            Has.One.EqualTo($"Ml.Autoencoders [{version}]"));
        return version;
    }

    [GeneratedRegex(@"Plots\.(.+)\.nupkg$")]
    private static partial Regex VersionInName();
}
