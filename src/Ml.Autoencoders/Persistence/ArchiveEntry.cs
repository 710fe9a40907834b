using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Persistence;

/// <summary>Entries of a model file that are verified before they are used, and what a damaged one is refused
/// with.</summary>
internal static class ArchiveEntry
{
    public static byte[] DigestOf(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes);

    public static byte[] ReadDigest(BinaryReader reader) => reader.ReadBytes(SHA256.HashSizeInBytes);

    /// <summary>A description, whole.</summary>
    /// <exception cref="FormatException">It is too long, or not what was saved.</exception>
    public static byte[] ReadVerified(Stream stream, byte[] digest, string name)
    {
        ModelJson.RequireLength(stream.Length, name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        RequireDigest(DigestOf(bytes), digest, name);
        return bytes;
    }

    /// <exception cref="FormatException">The digests differ.</exception>
    public static void RequireDigest(byte[] found, byte[] expected, string name)
    {
        if (!found.AsSpan().SequenceEqual(expected))
            throw new FormatException($"'{name}' is damaged: its SHA-256 is not the one that was saved with it.");
    }

    /// <summary>Whether an exception says that what was read cannot be right.</summary>
    public static bool IsDamage(Exception error) =>
        error is FormatException or EndOfStreamException or InvalidDataException;

    /// <summary>The exception for such a stage of a model file.</summary>
    public static Exception Unreadable(
        IExceptionContext exceptions, ModelLoadContext context, string owner, Exception error)
    {
        // Many programs show only the innermost exception, so that it names the stage of the file.
        string message = Shown.Text(error.Message);
        return exceptions.ExceptDecode(new FormatException($"'{context.Directory}' in the model file: {message}"),
            $"The {owner} in the model file cannot be read. {message}");
    }
}
