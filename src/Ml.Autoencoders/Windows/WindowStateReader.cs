using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ml.Autoencoders.Windows;

/// <summary>Reads the parts of a file of windows, and digests them on the way. Memory is taken for what has been read,
/// never for what a length says.</summary>
internal sealed class WindowStateReader(Stream stream) : IDisposable
{
    private const int ChunkBytes = 1 << 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Read(stackalloc byte[sizeof(int)]));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Read(stackalloc byte[sizeof(long)]));

    public Int128 ReadInt128() => BinaryPrimitives.ReadInt128LittleEndian(Read(stackalloc byte[16]));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Read(stackalloc byte[sizeof(double)]));

    /// <summary>Fills the numbers.</summary>
    public void ReadSingles(Span<float> numbers)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(numbers);
        Read(bytes);
        if (BitConverter.IsLittleEndian)
            return;
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
    }

    /// <param name="count">How many; the caller has checked that so many are allowed.</param>
    public byte[] ReadBytes(long count)
    {
        using var read = new MemoryStream();
        byte[] chunk = new byte[Math.Min(count, ChunkBytes)];
        while (read.Length < count)
            read.Write(Read(chunk.AsSpan(0, (int)Math.Min(chunk.Length, count - read.Length))));
        return read.ToArray();
    }

    /// <summary>What has been read must be what was saved: its digest follows.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public void RequireDigest()
    {
        Span<byte> saved = stackalloc byte[SHA256.HashSizeInBytes];
        stream.ReadExactly(saved);
        if (!saved.SequenceEqual(_hash.GetHashAndReset()))
            throw new FormatException("The saved windows are damaged: their SHA-256 is not the one saved with them.");
    }

    public void Dispose() => _hash.Dispose();

    private Span<byte> Read(Span<byte> bytes)
    {
        stream.ReadExactly(bytes);
        _hash.AppendData(bytes);
        return bytes;
    }
}
