namespace Ml.Autoencoders.Persistence;

/// <summary>The checksum of the entries of zip files, which .NET writes and does not check when it reads (ISO 3309;
/// its polynomial, bits reversed, is 0xEDB88320).</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Of)];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = crc >> 8 ^ Table[(byte)(crc ^ value)];
        return ~crc;
    }

    private static uint Of(int index)
    {
        uint crc = (uint)index;
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ ((crc & 1) * 0xEDB88320);
        return crc;
    }
}
