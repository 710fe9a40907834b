using System.IO.Compression;
using System.Text.Json;

namespace Ml.Autoencoders.Tests;

/// <summary>The packages that this project was restored with, as they came.</summary>
internal static class Packages
{
    /// <summary>A file of a package, from the archive that the registry signed and not from the unpacked folder.</summary>
    public static byte[] ReadOriginal(string package, string file)
    {
        string folder = FolderOf(package);
        using ZipArchive archive = ZipFile.OpenRead(Directory.GetFiles(folder, "*.nupkg").Single());
        using Stream stream = archive.GetEntry(file)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static string FolderOf(string package)
    {
        string assets = Path.Combine(Repository.Root, "tests", "Ml.Autoencoders.Tests", "obj", "project.assets.json");
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(assets));
        JsonProperty library = json.RootElement.GetProperty("libraries").EnumerateObject()
            .Single(library => library.Name.StartsWith(package + '/', StringComparison.Ordinal));
        string path = library.Value.GetProperty("path").GetString()!;
        return json.RootElement.GetProperty("packageFolders").EnumerateObject()
            .Select(folder => Path.Combine(folder.Name, path)).First(Directory.Exists);
    }
}
