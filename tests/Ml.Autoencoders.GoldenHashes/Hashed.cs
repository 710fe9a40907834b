using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ml.Autoencoders.GoldenHashes;

/// <summary>A thing with the first 16 digits of the SHA-256 of its bytes; or with a word, where there is no such
/// thing.</summary>
internal sealed record Hashed(string Name, string Hash)
{
    public static Hashed Of(string name, ReadOnlySpan<byte> bytes) =>
        new(name, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);

    public static Hashed Of(string name, float[] numbers) => Of(name, MemoryMarshal.AsBytes<float>(numbers));

    /// <summary>The hash, or <c>refused</c> where the library says that it cannot: the words of an error may
    /// change.</summary>
    public static Hashed OrRefused(string name, Func<float[]> numbers)
    {
        try
        {
            return Of(name, numbers());
        }
        catch (InvalidOperationException)
        {
            return new Hashed(name, "refused");
        }
    }

    public static Hashed Parse(string line) => line.LastIndexOf(' ') is > 0 and var space
        ? new Hashed(line[..space], line[(space + 1)..])
        : throw new FormatException($"'{line}' is not a name and a hash.");

    public override string ToString() => $"{Name} {Hash}";
}
