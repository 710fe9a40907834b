using System.Reflection;

namespace Ml.Autoencoders.Tests.Build.Packaging;

/// <summary>The packages, made once for the tests of this namespace from what the build left.</summary>
[SetUpFixture]
internal sealed class Packed
{
    /// <summary>Any time will do, as long as it is the same each time.</summary>
    private const string Time = "-property:DeterministicTimestamp=1700000000";

    private static TemporaryFolder? _feed;

    /// <summary>A folder that NuGet takes for a source of packages.</summary>
    public static string Feed => _feed!.Path;

    /// <summary>
    /// One that no other source has, so that no package from elsewhere can be taken for one of these.
    /// </summary>
    public static string Version { get; } =
        $"{System.Version.Parse(FileVersion).ToString(3)}-test.{DateTime.UtcNow:yyyyMMddHHmmss}";

    /// <summary>That of the assembly is the same in every release.</summary>
    private static string FileVersion =>
        typeof(AutoencoderTransformer).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;

    [OneTimeSetUp]
    public void PackAll()
    {
        _feed = new TemporaryFolder();
        Pack(Feed);
    }

    [OneTimeTearDown]
    public void Delete() => _feed!.Dispose();

    public static void Pack(string folder) =>
        DotNet.Run("pack", Repository.PathOf("Ml.Autoencoders.sln"), "--no-build", "--configuration",
        Repository.Configuration, "--output", folder, $"-property:PackageVersion={Version}", Time);
}
