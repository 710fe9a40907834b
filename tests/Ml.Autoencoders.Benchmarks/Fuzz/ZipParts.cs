using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>A zip file, taken apart so that its entries can be changed, with or without the digests that others hold of
/// them.</summary>
internal sealed class ZipParts
{
    private static readonly DateTimeOffset Stamp = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<(string Name, byte[] Bytes)> _entries = [];

    public ZipParts(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            _entries.Add((entry.FullName, copy.ToArray()));
        }
    }

    /// <summary>How long all entries are together.</summary>
    public long Length => _entries.Sum(entry => (long)entry.Bytes.Length);

    public int Count => _entries.Count;

    public byte[] this[int entry] => _entries[entry].Bytes;

    /// <summary>The place of the entry of a name, whatever folder it is in.</summary>
    public int IndexOf(string name) => _entries.FindIndex(entry => Path.GetFileName(entry.Name) == name);

    /// <summary>Puts other bytes in an entry's place. Digests of the old ones stay.</summary>
    public void Replace(int entry, byte[] bytes) => _entries[entry] = (_entries[entry].Name, bytes);

    /// <summary>Puts other bytes in an entry's place, and their SHA-256 wherever another entry holds that of the old
    /// ones, as bytes or as hexadecimal digits; and so on with what was changed by that.</summary>
    public void Forge(int entry, byte[] bytes)
    {
        byte[] old = SHA256.HashData(this[entry]);
        Replace(entry, bytes);
        byte[] digest = SHA256.HashData(bytes);
        for (int other = 0; other < Count; other++)
        {
            if (other != entry && WithDigest(this[other], old, digest) is { } changed)
                Forge(other, changed);
        }
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in _entries)
            {
                // Checkpoints are not compressed.
                ZipArchiveEntry entry =
                    archive.CreateEntry(name, name.Contains('/') ? CompressionLevel.Fastest
                    : CompressionLevel.NoCompression);
                entry.LastWriteTime = Stamp;
                using Stream content = entry.Open();
                content.Write(bytes);
            }
        }
        return stream.ToArray();
    }

    private static byte[]? WithDigest(byte[] bytes, byte[] old, byte[] digest) =>
        Replaced(bytes, old, digest)
        ?? Replaced(bytes, Encoding.ASCII.GetBytes(Convert.ToHexString(old)),
            Encoding.ASCII.GetBytes(Convert.ToHexString(digest)))
        ?? Replaced(bytes, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(old)),
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest)));

    private static byte[]? Replaced(byte[] bytes, byte[] old, byte[] with)
    {
        int place = bytes.AsSpan().IndexOf(old);
        if (place < 0)
            return null;
        byte[] changed = [.. bytes];
        with.CopyTo(changed, place);
        return changed;
    }
}
