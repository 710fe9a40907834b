using System.Buffers.Binary;
using System.Text;

namespace Ml.Autoencoders.Tests;

/// <summary>The stream of a stage that ML.NET makes a loader from, taken apart: a header of 256 bytes, digests, the
/// name of an assembly, and an end.</summary>
internal sealed class ModelKey
{
    private const int TailPlace = 0x80;
    private const int EndPlace = 0x88;
    private const int NamePlace = 0x90;
    private const int NameLengthPlace = 0x98;

    private readonly byte[] _header;
    private readonly byte[] _digests;
    private readonly byte[] _tail;

    public ModelKey(byte[] bytes)
    {
        _header = bytes[..256];
        int name = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(NamePlace));
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(NameLengthPlace));
        _digests = bytes[256..name];
        Assembly = Encoding.Unicode.GetString(bytes, name, length);
        _tail = bytes[(name + length)..];
    }

    /// <summary>What ML.NET loads.</summary>
    public string Assembly { get; set; }

    public byte[] ToBytes()
    {
        byte[] name = Encoding.Unicode.GetBytes(Assembly);
        byte[] header = [.. _header];
        int tail = header.Length + _digests.Length + name.Length;
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(TailPlace), tail);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(EndPlace), tail + _tail.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(NameLengthPlace), name.Length);
        return [.. header, .. _digests, .. name, .. _tail];
    }
}
