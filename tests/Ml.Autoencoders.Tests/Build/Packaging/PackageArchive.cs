using System.IO.Compression;
using System.Xml.Linq;

namespace Ml.Autoencoders.Tests.Build.Packaging;

/// <summary>What is in a package.</summary>
internal sealed class PackageArchive
{
    private readonly Dictionary<string, byte[]> _files = [];

    /// <param name="id">The package.</param>
    /// <param name="extension">nupkg, or snupkg for its symbols.</param>
    public PackageArchive(string id, string extension = "nupkg") : this(id, Packed.Feed, Packed.Version, extension)
    {
    }

    /// <summary>One that lies in another folder, in another version.</summary>
    public PackageArchive(string id, string folder, string version, string extension = "nupkg")
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(folder, $"{id}.{version}.{extension}"));
        foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => !IsOfTheContainer(entry.FullName)))
        {
            using Stream stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            _files.Add(entry.FullName, copy.ToArray());
        }
        Metadata = XDocument.Load(new MemoryStream(_files[$"{id}.nuspec"])).Root!.Elements().Single();
        _files.Remove($"{id}.nuspec");
    }

    /// <summary>All but the nuspec, which is <see cref="Metadata"/>.</summary>
    public IEnumerable<string> Files => _files.Keys;

    public XElement Metadata { get; }

    public byte[] this[string file] => _files[file];

    /// <summary>The text of an element of the nuspec; null where there is none.</summary>
    public string? Of(string element) =>
        Metadata.Elements().SingleOrDefault(one => one.Name.LocalName == element)?.Value;

    /// <summary>Each with its range of versions.</summary>
    public IEnumerable<string> Dependencies =>
        Metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
        .Select(element => $"{element.Attribute("id")!.Value} {element.Attribute("version")!.Value}");

    private static bool IsOfTheContainer(string file) =>
        file == "[Content_Types].xml" || file.StartsWith("_rels/", StringComparison.Ordinal)
            || file.StartsWith("package/", StringComparison.Ordinal);
}
