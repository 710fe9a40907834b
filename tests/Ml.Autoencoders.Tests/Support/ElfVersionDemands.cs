using System.Buffers.Binary;
using System.Text;

namespace Ml.Autoencoders.Tests;

/// <summary>The symbol versions that a 64-bit little-endian ELF file asks for, with the flags of each demand.</summary>
/// <remarks>The ELF gABI's Linux extensions, "Symbol Versioning": the section of type SHT_GNU_verneed (0x6ffffffe), and
/// the string table that it links to.</remarks>
internal static class ElfVersionDemands
{
    public const ushort Weak = 2;

    public static IEnumerable<(string Version, ushort Flags)> Of(byte[] image)
    {
        byte[][] headers = [.. Enumerable.Range(0, U16(image, 0x3C)).Select(i =>
            image.AsSpan((int)U64(image, 0x28) + i * U16(image, 0x3A), U16(image, 0x3A)).ToArray())];
        byte[] section = headers.Single(header => U32(header, 4) == 0x6ffffffe);
        int names = (int)U64(headers[U32(section, 0x28)], 0x18);
        int file = (int)U64(section, 0x18);
        for (uint left = U32(section, 0x2C); left > 0; left--)
        {
            int demand = file + (int)U32(image, file + 8);
            for (int count = U16(image, file + 2); count > 0; count--)
            {
                ReadOnlySpan<byte> name = image.AsSpan(names + (int)U32(image, demand + 8));
                yield return (Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]), U16(image, demand + 4));
                demand += (int)U32(image, demand + 12);
            }
            file += (int)U32(image, file + 12);
        }
    }

    private static ushort U16(byte[] image, int place) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(place));

    private static uint U32(byte[] image, int place) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(place));

    private static ulong U64(byte[] image, int place) => BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(place));
}
