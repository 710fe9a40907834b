namespace Ml.Autoencoders.Persistence;

/// <summary>Keeps a folder of checkpoints for one fit at a time, of this and every other process. The system releases
/// it when the process ends, however that happens.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "checkpoint.lock";

    /// <summary>Lengths that a file is recognized by.</summary>
    private const int MaxMarks = 1 << 16;

    /// <summary>A file that disappears each time as soon as it is there is not the work of a fit.</summary>
    private const int MaxTries = 1000;

    /// <summary>The errors of a file that is locked: EAGAIN of Linux and of macOS, and the sharing violation of
    /// Windows.</summary>
    private static readonly int[] Locked = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Makes the folder, and takes it. Null where another fit has it.</summary>
    /// <exception cref="IOException">A file cannot be created in the folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public static FolderLock? Take(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, FileName);
        if (RegularFile.OtherKind(path) is { } kind)
            throw new IOException($"'{path}' is {kind}, not a regular file.");
        // Its target would be truncated, and lies elsewhere.
        if (new FileInfo(path).LinkTarget is not null)
            throw new IOException($"'{path}' is a symbolic link, not a regular file. Remove it.");
        try
        {
            for (int i = 0; i < MaxTries; i++)
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
                // The fit that had the folder before may have deleted this file after it was opened here, and another
                // may have created a new one: then it locks nothing.
                int mark = Random.Shared.Next(1, MaxMarks);
                file.SetLength(mark);
                if (new FileInfo(path) is { Exists: true } found && found.Length == mark)
                    return new FolderLock(file);
                file.Dispose();
            }
            throw new IOException($"'{path}' locks nothing: it is not the file that was opened under that name.");
        }
        catch (IOException error) when (Locked.Contains(error.HResult))
        {
            return null;
        }
    }

    /// <summary>Releases the folder. The file is deleted while it is still locked, where the system can do
    /// that.</summary>
    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
            Delete();
        _file.Dispose();
        if (OperatingSystem.IsWindows())
            Delete();
    }

    private void Delete()
    {
        try
        {
            File.Delete(_file.Name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays, and locks nothing.
        }
    }
}
