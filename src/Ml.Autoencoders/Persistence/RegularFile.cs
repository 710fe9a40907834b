using System.Formats.Tar;

namespace Ml.Autoencoders.Persistence;

/// <summary>Files as opposed to what else can stand at a path: a folder, a device, a named pipe, a socket. Of those
/// nothing is read, because that may wait for ever, and none is replaced.</summary>
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

    /// <summary>What stands at a path instead of a regular file, in words, links followed; null for a file, and where
    /// there is nothing.</summary>
    public static string? OtherKind(string path)
    {
        if (Directory.Exists(path))
            return "a folder";
        // Windows has its devices under a prefix of their own, and gives it to NUL and its like.
        if (OperatingSystem.IsWindows())
            return Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal) ? "a device" : null;
        var file = new FileInfo(Target(path));
        // Neither of them has a length.
        return file.Exists && file.Length == 0 ? OtherKindOfEmpty(file.FullName) : null;
    }

    /// <summary>Where the links that stand at a path lead to in the end, whether something is there or not; the path
    /// itself where it is not a link.</summary>
    /// <exception cref="IOException">They lead in a circle.</exception>
    public static string Target(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    /// <summary>.NET says the kind of a file nowhere but in the archives that it writes.</summary>
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
