using System.Buffers.Binary;

namespace Ml.Autoencoders.Tests.Music;

/// <summary>MIDI files, byte by byte.</summary>
internal static class MidiBytes
{
    public const int Quarter = 4;

    public static readonly byte[] End = [0, 0xFF, 0x2F, 0];

    /// <summary>A file of a format with the given tracks, and by default 4 ticks a quarter note: a tick is a
    /// step.</summary>
    public static byte[] File(int format, int division, params byte[][] tracks) =>
        [.. Header(format, tracks.Length, division), .. tracks.SelectMany(Track)];

    public static byte[] Song(params byte[][] tracks) => File(1, Quarter, tracks);

    public static byte[] Header(int format, int tracks, int division) =>
        [.. "MThd"u8, 0, 0, 0, 6, .. Two(format), .. Two(tracks), .. Two(division)];

    public static byte[] Track(byte[] events) => [.. "MTrk"u8, .. Four(events.Length), .. events];

    /// <summary>Two bars of eighths, a scale upwards from a pitch.</summary>
    public static byte[] Scale(int pitch = 60, int channel = 0) =>
        [.. Enumerable.Range(0, 16).SelectMany(i => Note(pitch + i, 2, channel)), .. End];

    /// <summary>A note that starts where the last event was and lasts some ticks.</summary>
    public static byte[] Note(int pitch, int ticks, int channel = 0) =>
        [0, (byte)(0x90 + channel), (byte)pitch, 64, (byte)ticks, (byte)(0x80 + channel), (byte)pitch, 0];

    public static byte[] Meter(int numerator, int power) => [0, 0xFF, 0x58, 4, (byte)numerator, (byte)power, 24, 8];

    private static byte[] Two(int number)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)number);
        return bytes;
    }

    private static byte[] Four(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
