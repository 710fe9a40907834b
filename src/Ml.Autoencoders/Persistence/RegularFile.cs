using System.Formats.Tar;

namespace Ml.Autoencoders.Persistence;

/// <summary>Regular files, as opposed to what else can be at a path: a folder, a device, a named pipe, a socket. Those
/// are not read, because that may wait forever, and not replaced.</summary>
internal static class RegularFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="IOException">It is not a regular file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream OpenRead(string path)
    {
        if (OtherKind(path) is { } kind)
            throw new IOException($"'{path}' cannot be read: it is {kind}, not a regular file.");
        return File.OpenRead(path);
    }

    /// <summary>What is at a path instead of a regular file, in words, links followed; null for a file, and where
    /// there is nothing.</summary>
    public static string? OtherKind(string path)
    {
        if (Directory.Exists(path))
            return "a folder";
        // Windows has its devices under their own prefix, and gives it to NUL and the like.
        if (OperatingSystem.IsWindows())
            return Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal) ? "a device" : null;
        var file = new FileInfo(Target(path));
        // Neither of them has a length.
        return file.Exists && file.Length == 0 ? OtherKindOfEmpty(file.FullName) : null;
    }

    /// <summary>Where the links at a path lead in the end, whether anything is there or not; the path
    /// itself where it is not a link.</summary>
    /// <exception cref="IOException">They lead in a circle.</exception>
    public static string Target(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    /// <summary>.NET shows the kind of a file only in the archives that it writes.</summary>
    private static string? OtherKindOfEmpty(string path)
    {
        using var archive = new MemoryStream();
        try
        {
            using (var writer = new TarWriter(archive, leaveOpen: true))
                writer.WriteEntry(path, "file");
            archive.Position = 0;
            using var reader = new TarReader(archive);
            return reader.GetNextEntry()?.EntryType switch
            {
                TarEntryType.Fifo => "a named pipe",
                TarEntryType.CharacterDevice or TarEntryType.BlockDevice => "a device",
                _ => null,
            };
        }
        catch (UnauthorizedAccessException)
        {
            // Only regular files are opened.
            return null;
        }
        catch (IOException) when (File.Exists(path))
        {
            // What no archive can hold.
            return "a socket";
        }
    }
}
