namespace Ml.Autoencoders.Persistence;

/// <summary>Writes a file whole or not at all.</summary>
internal static class AtomicFile
{
    private const string PartialEnding = ".partial";

    /// <summary>Writes beside <paramref name="path"/>, and puts the result in its place once it is on the disk.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write) => WriteBeside(path, write, partial => File.Move(partial, path, overwrite: true));

    /// <summary>Writes a byte beside <paramref name="path"/> and takes it away again: what <see cref="Write"/> would throw, before there is anything to lose.</summary>
    /// <inheritdoc cref="Write"/>
    public static void Try(string path) => WriteBeside(path, stream => stream.WriteByte(0), File.Delete);

    /// <summary>Deletes what processes that were killed while they wrote <paramref name="path"/> have left beside it, as far as that can be done.</summary>
    public static void DeleteLeftovers(string path)
    {
        string name = Path.GetFileName(path);
        try
        {
            foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!))
            {
                if (IsPartialOf(name, Path.GetFileName(file)))
                    DeleteUnused(file);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // They take room and do no harm.
        }
    }

    private static void WriteBeside(string path, Action<Stream> write, Action<string> finish)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{path}' cannot be written: there is no folder '{folder}'.");
        if (Directory.Exists(path))
            throw new UnauthorizedAccessException($"'{path}' cannot be written: there is a folder of that name.");
        string partial = $"{path}.{Guid.NewGuid():N}{PartialEnding}";
        try
        {
            using (var stream = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            finish(partial);
        }
        catch
        {
            DeleteUnused(partial);
            throw;
        }
    }

    /// <summary>Whether it is a name that <see cref="WriteBeside"/> gives, and for no other file: <c>a.b</c> is written beside <c>a</c>, too.</summary>
    private static bool IsPartialOf(string name, string file) =>
        file.StartsWith($"{name}.", StringComparison.Ordinal) && file.EndsWith(PartialEnding, StringComparison.Ordinal)
        && file.Length > name.Length + PartialEnding.Length && Guid.TryParseExact(file[(name.Length + 1)..^PartialEnding.Length], "N", out _);

    /// <summary>Deletes a file that no process has open. An error would hide the one before it, or stop what goes on without.</summary>
    private static void DeleteUnused(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays.
        }
    }
}
