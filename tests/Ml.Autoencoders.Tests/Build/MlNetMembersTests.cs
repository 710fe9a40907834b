using System.Reflection;
using System.Runtime.Loader;
using Microsoft.ML;
using Ml.Autoencoders.Estimators;

namespace Ml.Autoencoders.Tests.Build;

/// <summary>
/// What the library uses of ML.NET's internals, in this process's ML.NET, and where something is lacking.
/// </summary>
internal sealed class MlNetMembersTests
{
    private static readonly Assembly Library = typeof(AutoencoderTransformer).Assembly;

    [Test]
    public void Nothing_is_lacking_here() => Assert.That(MlNetMembers.FirstLacking(Library), Is.Null);

    [Test]
    public void The_version_that_runs_here_is_one_of_those_that_are_named() =>
        Assert.That(VersionOf(typeof(MLContext).Assembly), Does.Match(@"^(5\.0\.1|6\.0\.0)\+"));

    [TestCase("get_FallbackToCpu", "Method not found: *get_FallbackToCpx*")]
    [TestCase("IHostEnvironmentInternal", "Could not load type '*IHostEnvironmentInternax' from *'Microsoft.ML.Core*")]
    [TestCase("CatalogUtils", "Could not load type '*CatalogUtilx' from assembly 'Microsoft.ML.Data*")]
    public void What_is_lacking_is_named(string name, string pattern) =>
        Assert.That(MlNetMembers.FirstLacking(Asking(name)),
            Does.Match($"^{pattern.Replace("*", ".*", StringComparison.Ordinal)}$"));

    [Test]
    public void The_error_names_both_versions_in_a_sentence()
    {
        Assembly asking = Asking("get_FallbackToCpu");
        string lacking = MlNetMembers.FirstLacking(asking)!;
        string own = VersionOf(asking).Split('+')[0];
        Assert.That(() => MlNetMembers.Require(asking, "7.1.0"), Throws.InvalidOperationException.With.Message.EqualTo(
            $"Ml.Autoencoders {own} runs with Microsoft.ML 5.0.1 to 6.0.0, and this application has " +
            $"Microsoft.ML 7.1.0, which lacks something that the library uses: {lacking}"));
        Assert.That(lacking, Does.EndWith("."));
    }

    [Test]
    public void Another_version_that_has_everything_is_taken() =>
        Assert.That(() => MlNetMembers.Require(Library, "7.1.0"), Throws.Nothing);

    /// <summary>The library, asking for a name of ML.NET with another last letter, as if ML.NET lacked it.</summary>
    private static Assembly Asking(string name)
    {
        byte[] image = File.ReadAllBytes(Library.Location);
        Assert.That(Renamed.In(image, name), Is.Positive);
        return new AssemblyLoadContext(name, isCollectible: true).LoadFromStream(new MemoryStream(image));
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
