using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ml.Autoencoders.Tests.Build.Packaging;

/// <summary>A new console project, the commands of the library's readme, and its example word for word.</summary>
[Category("Packages")]
internal sealed partial class FreshProjectTests
{
    private const string Demand = "GLIBCXX_3.4.32";
    private const string NativeLibrary = "bin/Debug/net10.0/runtimes/linux-x64/native/libLibTorchSharp.so";

    private readonly string _readme = File.ReadAllText(Repository.PathOf("src/Ml.Autoencoders/README.md"));
    private Stranger _stranger = null!;
    private string _project = null!;

    [OneTimeSetUp]
    public void MakeProject()
    {
        _stranger = new Stranger();
        _project = _stranger.NewFolder("fresh");
        DotNet.RunIn(_project, "new", "console");
        foreach (Match command in AddPackage().Matches(_readme))
            DotNet.RunIn(_project, ["add", "package", .. Here(command.Groups[1].Value)]);
        File.WriteAllText(Path.Combine(_project, "Program.cs"), Example().Match(_readme).Groups[1].Value);
    }

    [OneTimeTearDown]
    public void Delete() => _stranger.Dispose();

    [Test]
    public void It_trains_saves_loads_and_decodes()
    {
        // A build may warn before, of a version that a source does not have.
        string[] printed = DotNet.RunIn(_project, "run")[^3..];
        Assert.That(printed.Select(line => line[..8]), Is.EqualTo(new[] { "row:    ", "code:   ", "decoded " }));
        Assert.That(Numbers(printed[1]), Has.Length.EqualTo(2));
        Assert.That(Numbers(printed[2]), Is.EqualTo(Numbers(printed[0])).Within(0.1));
    }

    [Test]
    public void The_readme_names_the_version_of_torch_that_fits() =>
        Assert.That(_readme,
            Does.Contain($"dotnet add package libtorch-cpu-linux-x64 --version {Packages.NativeTorch().Version}\n"));

    [Test]
    [Platform("Linux")]
    public void Without_the_targets_of_the_package_an_older_Linux_does_not_load_torch()
    {
        Assume.That(SystemLibstdcxx.Offers(Demand), Is.False,
            "this Linux has a C++ runtime as new as TorchSharp asks for");
        string project = _stranger.NewFolder("without");
        File.Copy(Path.Combine(_project, "Program.cs"), Path.Combine(project, "Program.cs"));
        XDocument settings = XDocument.Load(Path.Combine(_project, "fresh.csproj"));
        settings.Descendants("PackageReference")
            .Single(reference => reference.Attribute("Include")!.Value == "Ml.Autoencoders")
            .Add(new XAttribute("ExcludeAssets", "build;buildTransitive"));
        settings.Save(Path.Combine(project, "without.csproj"));

        Assert.That(() => DotNet.RunIn(project, "run"),
            Throws.InvalidOperationException.With.Message.Contain("The C++ runtime of this Linux is older"));
        Assert.That(Demands(project), Has.One.EqualTo((Demand, (ushort)0)));
        DotNet.RunIn(_project, "build");
        Assert.That(Demands(_project), Has.One.EqualTo((Demand, ElfVersionDemands.Weak)));
    }

    private static IEnumerable<(string Version, ushort Flags)> Demands(string project) =>
        ElfVersionDemands.Of(File.ReadAllBytes(Path.Combine(project, NativeLibrary)));

    /// <summary>
    /// The same for this system's torch and for the packages that were just made, which are not the newest of all
    /// sources.
    /// </summary>
    private static string[] Here(string arguments) => arguments == "Ml.Autoencoders"
        ? [arguments, "--version", Packed.Version]
        : arguments.Replace("libtorch-cpu-linux-x64", Packages.NativeTorch().Name, StringComparison.Ordinal).Split(' ');

    private static double[] Numbers(string line) =>
        [.. line[8..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"^dotnet add package (.+)$", RegexOptions.Multiline)]
    private static partial Regex AddPackage();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
