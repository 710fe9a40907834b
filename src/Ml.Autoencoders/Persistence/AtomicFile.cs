namespace Ml.Autoencoders.Persistence;

/// <summary>Writes a file whole or not at all. Where the path is a link, its target is written; a file that is replaced
/// passes on its mode.</summary>
internal static class AtomicFile
{
    private const string PartialEnding = ".partial";

    /// <summary>Writes beside the file, and puts the result in its place once it is on the disk.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="IOException">The file cannot be written, or is not a regular one.</exception>
    public static void Write(string path, Action<Stream> write) =>
        WriteBeside(path, write, (partial, target) => File.Move(partial, target, overwrite: true));

    /// <summary>Writes a byte beside the file and removes it again: throws what <see cref="Write"/> would throw, before
    /// there is anything to lose.</summary>
    /// <inheritdoc cref="Write"/>
    public static void Try(string path) =>
        WriteBeside(path, stream => stream.WriteByte(0), (partial, _) => File.Delete(partial));

    /// <summary>
    /// Deletes what processes that were killed while they wrote <paramref name="path"/> have left beside it, as
    /// far as that can be done.
    /// </summary>
    public static void DeleteLeftovers(string path)
    {
        try
        {
            string target = Path.GetFullPath(RegularFile.Target(path));
            string name = Path.GetFileName(target);
            foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!))
            {
                if (IsPartialOf(name, Path.GetFileName(file)))
                    DeleteUnused(file);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // They take space and do no harm.
        }
    }

    private static void WriteBeside(string path, Action<Stream> write, Action<string, string> finish)
    {
        string target = RegularFile.Target(path);
        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{path}' cannot be written: there is no folder '{folder}'.");
        if (Directory.Exists(target))
            throw new UnauthorizedAccessException($"'{path}' cannot be written: there is a folder of that name.");
        if (RegularFile.OtherKind(target) is { } kind)
            throw new IOException($"'{path}' cannot be written: it is {kind}, not a regular file.");
        string partial = $"{target}.{Guid.NewGuid():N}{PartialEnding}";
        try
        {
            UnixFileMode? mode = ModeOf(target);
            using (FileStream stream = Create(partial, mode))
            {
                write(stream);
                // The process may take rights away from what it creates, and needs some meanwhile. Some file systems
                // have one mode for all files, and refuse to set it.
                if (mode is { } kept && !OperatingSystem.IsWindows()
                    && File.GetUnixFileMode(stream.SafeFileHandle) != kept)
                    File.SetUnixFileMode(stream.SafeFileHandle, kept);
                stream.Flush(flushToDisk: true);
            }
            finish(partial, target);
        }
        catch
        {
            DeleteUnused(partial);
            throw;
        }
    }

    /// <summary>The mode of a file; null where there is none, or the system has no such modes.</summary>
    private static UnixFileMode? ModeOf(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) ? File.GetUnixFileMode(path) : null;

    /// <summary>What others may not read must not be readable meanwhile.</summary>
    private static FileStream Create(string path, UnixFileMode? mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (mode is { } kept && !OperatingSystem.IsWindows())
            options.UnixCreateMode = kept | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>
    /// Whether it is a name that <see cref="WriteBeside"/> gives, and for no other file: <c>a.b</c> is
    /// written beside <c>a</c>, too.
    /// </summary>
    private static bool IsPartialOf(string name, string file) =>
        file.StartsWith($"{name}.", StringComparison.Ordinal) && file.EndsWith(PartialEnding, StringComparison.Ordinal)
        && file.Length > name.Length + PartialEnding.Length
        && Guid.TryParseExact(file[(name.Length + 1)..^PartialEnding.Length], "N", out _);

    /// <summary>
    /// Deletes a file that no process has open. An error would hide the one before it, or stop what can continue
    /// without.
    /// </summary>
    private static void DeleteUnused(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0,
                FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays.
        }
    }
}
