using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Ml.Autoencoders.Tests.Build.Packaging;

/// <summary>Symbols for debuggers, which belong to the assemblies in the packages.</summary>
[Category("Packages")]
[TestFixture("Ml.Autoencoders")]
[TestFixture("Ml.Autoencoders.Evaluation")]
[TestFixture("Ml.Autoencoders.Music")]
[TestFixture("Ml.Autoencoders.Plots")]
internal sealed class PackageSymbolTests(string id)
{
    private PackageArchive _symbols = null!;

    [OneTimeSetUp]
    public void Open() => _symbols = new PackageArchive(id, "snupkg");

    [Test]
    public void They_are_those_of_the_assembly()
    {
        Assert.That(_symbols.Files, Is.EqualTo(new[] { $"lib/net10.0/{id}.pdb" }));
        using MetadataReaderProvider symbols = Symbols();
        using var assembly = new PEReader(new PackageArchive(id)[$"lib/net10.0/{id}.dll"].ToImmutableArray());
        DebugDirectoryEntry entry = assembly.ReadDebugDirectory()
            .Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        var expected = new BlobContentId(assembly.ReadCodeViewDebugDirectoryData(entry).Guid, entry.Stamp);
        Assert.That(new BlobContentId(symbols.GetMetadataReader().DebugMetadataHeader!.Id), Is.EqualTo(expected));
    }

    [Test]
    public void A_release_names_no_folder_of_the_building_machine()
    {
        Assume.That(Repository.Configuration, Is.EqualTo("Release"),
            "a debug build names the folders for the debugger");
        Assume.That(Path.Exists(Repository.PathOf(".git")), "only a checkout has a root to name the files by");
        using MetadataReaderProvider symbols = Symbols();
        MetadataReader reader = symbols.GetMetadataReader();
        Assert.That(reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)),
            Is.All.StartsWith("/_/").And.Not.Empty);
    }

    private MetadataReaderProvider Symbols() =>
        MetadataReaderProvider.FromPortablePdbImage(_symbols[$"lib/net10.0/{id}.pdb"].ToImmutableArray());
}
