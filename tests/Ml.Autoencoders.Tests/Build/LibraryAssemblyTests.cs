using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ml.Autoencoders.Tests.Build;

/// <summary>What the compiled library asks of the runtime, and that what it runs on is ML.NET's own.</summary>
internal sealed class LibraryAssemblyTests
{
    private static readonly Assembly Library = typeof(AutoencoderTransformer).Assembly;

    [Test]
    public void It_references_ml_net_torch_protobuf_and_the_framework_only() =>
        Assert.That(Library.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal)),
            Is.EquivalentTo(new[]
            {
                "Google.Protobuf",
                "Microsoft.ML.Core",
                "Microsoft.ML.Data",
                "Microsoft.ML.DataView",
                "TorchSharp",
            }));

    [Test]
    public void It_asks_for_friend_access_to_two_assemblies() =>
        Assert.That(Library.GetCustomAttributesData()
                .Where(attribute => attribute.AttributeType == typeof(IgnoresAccessChecksToAttribute))
                .Select(attribute => attribute.ConstructorArguments.Single().Value),
            Is.EquivalentTo(new[] { "Microsoft.ML.Core", "Microsoft.ML.Data" }));

    [TestCase("Microsoft.ML.Core.dll")]
    [TestCase("Microsoft.ML.Data.dll")]
    public void Ml_net_runs_as_it_came(string assembly)
    {
        byte[] original = Packages.ReadOriginal("Microsoft.ML", $"lib/netstandard2.0/{assembly}");
        Assert.That(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, assembly)), Is.EqualTo(original));
        Assert.That(File.ReadAllBytes(Path.Combine(Packages.FolderOf("Microsoft.ML"), "lib/netstandard2.0", assembly)),
            Is.EqualTo(original));
        Assert.That(File.ReadAllBytes(Path.Combine(Repository.LoaderOutput, assembly)), Is.EqualTo(original));
    }
}
