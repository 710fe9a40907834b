using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Ml.Autoencoders.Tests.Build.Packaging;

/// <summary>What a package holds and says of itself.</summary>
[Category("Packages")]
[TestFixture("Ml.Autoencoders", "MIT",
    new[] { "buildTransitive/Ml.Autoencoders.targets", "buildTransitive/WeakenVersionDemand.cs" })]
[TestFixture("Ml.Autoencoders.Evaluation", "MIT", new string[0])]
[TestFixture("Ml.Autoencoders.Music", "MIT", new string[0])]
[TestFixture("Ml.Autoencoders.Plots", "MIT AND OFL-1.1", new[] { "Fonts/OFL.txt" })]
internal sealed partial class PackageContentTests(string id, string license, string[] ownFiles)
{
    private PackageArchive _package = null!;

    [OneTimeSetUp]
    public void Open() => _package = new PackageArchive(id);

    [Test]
    public void It_holds_the_assembly_its_documentation_and_papers_and_nothing_else() =>
        Assert.That(_package.Files, Is.EquivalentTo(new[]
    {
        $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", "README.md", "CHANGELOG.md", "icon.png",
    }.Concat(ownFiles)));

    [Test]
    public void The_assembly_is_the_one_that_the_tests_run_on() => Assert.That(_package[$"lib/net10.0/{id}.dll"],
        Is.EqualTo(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"{id}.dll"))));

    [Test]
    public void It_says_what_it_is_whose_and_under_which_license()
    {
        Assert.That(_package.Of("id"), Is.EqualTo(id));
        Assert.That(_package.Of("version"), Is.EqualTo(Packed.Version));
        Assert.That(_package.Of("license"), Is.EqualTo(license));
        Assert.That(_package.Of("authors"), Is.EqualTo("The Ml.Autoencoders contributors"));
        Assert.That(_package.Of("description"), Has.Length.InRange(80, 4000));
        Assert.That(_package.Of("tags"), Does.Contain("mlnet").And.Contain("autoencoder"));
        Assert.That(_package.Of("releaseNotes"), Does.Contain("CHANGELOG.md"));
    }

    [Test]
    public void Its_icon_has_128_pixels_each_way()
    {
        Assert.That(_package.Of("icon"), Is.EqualTo("icon.png"));
        byte[] icon = _package["icon.png"];
        Assert.That(Encoding.ASCII.GetString(icon, 1, 3), Is.EqualTo("PNG"));
        Assert.That(BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), Is.EqualTo(128));
        Assert.That(BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)), Is.EqualTo(128));
    }

    [Test]
    public void Its_readme_is_its_own_and_links_to_whole_addresses_only()
    {
        Assert.That(_package.Of("readme"), Is.EqualTo("README.md"));
        string readme = Encoding.UTF8.GetString(_package["README.md"]);
        Assert.That(readme, Does.StartWith($"# {id}\n").And.Contain($"dotnet add package {id}\n"));
        Assert.That(readme, Does.Not.Contain("!["), "a picture would have to lie at an address of its own");
        Assert.That(Link().Matches(readme).Select(match => match.Groups[1].Value), Is.All.StartsWith("https://"));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
