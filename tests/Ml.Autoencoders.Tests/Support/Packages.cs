using System.IO.Compression;
using System.Text.Json;

namespace Ml.Autoencoders.Tests;

/// <summary>The packages that this project was restored with, as they came.</summary>
internal static class Packages
{
    /// <summary>
    /// A file of a package, from the archive that the registry signed and not from the unpacked folder.
    /// </summary>
    public static byte[] ReadOriginal(string package, string file) => ReadFrom(FolderOf(package), file);

    /// <summary>The same of a version of the package that may be another than that of this project.</summary>
    public static byte[] ReadOriginal(string package, string version, string file) =>
        ReadFrom(FolderOf(package, version), file);

    /// <summary>Where a version of a package lies, which something on this machine was restored with.</summary>
    public static string FolderOf(string package, string version) =>
        Folders().Select(folder => Path.Combine(folder, package.ToLowerInvariant(), version)).First(Directory.Exists);

    private static byte[] ReadFrom(string folder, string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(Directory.GetFiles(folder, "*.nupkg").Single());
        using Stream stream = archive.GetEntry(file)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static string FolderOf(string package)
    {
        using JsonDocument assets = Assets();
        JsonProperty library = assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Single(library => library.Name.StartsWith(package + '/', StringComparison.Ordinal));
        string path = library.Value.GetProperty("path").GetString()!;
        return Folders().Select(folder => Path.Combine(folder, path)).First(Directory.Exists);
    }

    /// <summary>Where packages lie unpacked, on this machine.</summary>
    public static string[] Folders()
    {
        using JsonDocument assets = Assets();
        return [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
    }

    /// <summary>The native torch package that the tests run on.</summary>
    public static (string Name, string Version) NativeTorch()
    {
        using JsonDocument assets = Assets();
        string[] parts = assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name)
            .Single(name => name.StartsWith("libtorch-cpu-", StringComparison.Ordinal)
                || name.StartsWith("TorchSharp-cuda-", StringComparison.Ordinal))
            .Split('/');
        return (parts[0], parts[1]);
    }

    private static JsonDocument Assets() =>
        JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests/Ml.Autoencoders.Tests/obj/project.assets.json")));
}
