using System.Security.Cryptography;

namespace Ml.Autoencoders.Persistence;

/// <summary>What is in a stream of a model file, compared with the digest that is kept apart from it.</summary>
internal static class VerifiedStream
{
    public static byte[] DigestOf(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes);

    public static byte[] ReadDigest(BinaryReader reader) => reader.ReadBytes(SHA256.HashSizeInBytes);

    /// <summary>All of a stream, which is not longer than descriptions are.</summary>
    /// <exception cref="FormatException">It is too long, or not what was saved.</exception>
    public static byte[] Read(Stream stream, byte[] digest, string name)
    {
        ModelJson.RequireLength(stream.Length, name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        RequireDigest(DigestOf(bytes), digest, name);
        return bytes;
    }

    /// <exception cref="FormatException">They differ.</exception>
    public static void RequireDigest(byte[] found, byte[] expected, string name)
    {
        if (!found.AsSpan().SequenceEqual(expected))
            throw new FormatException($"'{name}' is damaged: its SHA-256 is not the one that was saved with it.");
    }
}
