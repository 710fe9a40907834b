using System.Collections.ObjectModel;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace Ml.Autoencoders.Persistence;

/// <summary>Checks what the directory of a model file says about its entries, before ML.NET unpacks one to a temporary
/// file.</summary>
internal static class ArchiveDirectory
{
    /// <param name="context">Where a stage is being read.</param>
    /// <param name="names">The names of entries that are ours, in the folder of every stage.</param>
    /// <exception cref="FormatException">Ours would take too much space when they are unpacked, or the stage has two
    /// entries of one name.</exception>
    public static void Check(ModelLoadContext context, params IReadOnlyCollection<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string folder = $"{Normal(context.Directory ?? "")}/";
        long bytes = 0;
        foreach (ZipArchiveEntry entry in EntriesOf(context))
        {
            string path = Normal(entry.FullName);
            // Readers differ in which of the two they read.
            if (path.StartsWith(folder, StringComparison.Ordinal) && !seen.Add(path))
                throw new FormatException($"'{path[folder.Length..]}' is in it twice.");
            if (names.Contains(path[(path.LastIndexOf('/') + 1)..]))
                bytes = entry.Length > long.MaxValue - bytes ? long.MaxValue : bytes + entry.Length;
        }
        AutoencoderFiles.RequireRoom(bytes, "The autoencoders in it");
    }

    private static ReadOnlyCollection<ZipArchiveEntry> EntriesOf(ModelLoadContext context)
    {
        try
        {
            return ArchiveOf(context.Repository).Entries;
        }
        catch (MissingFieldException)
        {
            // In another build of ML.NET, entries are checked after they are unpacked, which takes space on the disk.
            return [];
        }
    }

    /// <summary>ML.NET reads both kinds of separators.</summary>
    private static string Normal(string path) => path.Replace('\\', '/');

    /// <summary>ML.NET keeps it private.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_archive")]
    private static extern ref ZipArchive ArchiveOf(RepositoryReader repository);
}
