using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tables;

/// <summary>A row of a table with columns of every type that is taken.</summary>
internal sealed class Guest
{
    /// <summary>All of its columns, in order.</summary>
    public static readonly string[] Columns =
    [
        nameof(Single), nameof(Double), nameof(SByte), nameof(Byte), nameof(Int16), nameof(UInt16), nameof(Int32),
        nameof(UInt32), nameof(Int64), nameof(UInt64), nameof(Boolean), nameof(Region), nameof(Color), nameof(Pair),
        nameof(Wholes), nameof(Flags),
    ];

    /// <summary>What objects have in place of a missing key.</summary>
    public const uint NoColor = 3;

    public float Single { get; set; }

    public double Double { get; set; }

    public sbyte SByte { get; set; }

    public byte Byte { get; set; }

    public short Int16 { get; set; }

    public ushort UInt16 { get; set; }

    public int Int32 { get; set; }

    public uint UInt32 { get; set; }

    public long Int64 { get; set; }

    public ulong UInt64 { get; set; }

    public bool Boolean { get; set; }

    public string Region { get; set; } = "";

    /// <summary>The key less one, as ML.NET has it in objects.</summary>
    [KeyType(3)]
    public uint Color { get; set; }

    [VectorType(2)]
    public float[] Pair { get; set; } = [0, 0];

    [VectorType(2)]
    public long[] Wholes { get; set; } = [0, 0];

    [VectorType(2)]
    public bool[] Flags { get; set; } = [false, false];

    /// <summary>Numbers of every kind, three regions of which "south" is the most frequent, and some that are
    /// missing.</summary>
    public static Guest[] Make(int count) => [.. Enumerable.Range(0, count).Select(i => new Guest
    {
        Single = i % 5 == 4 ? float.NaN : 0.5f * i,
        Double = -1e10 * i,
        SByte = (sbyte)(i % 7 - 3),
        Byte = (byte)(i % 200),
        Int16 = (short)(-100 * (i % 9)),
        UInt16 = (ushort)(60_000 - i),
        Int32 = i % 4 - 2,
        UInt32 = (uint)i,
        Int64 = i % 3 - 5_000_000_000,
        UInt64 = ulong.MaxValue - (ulong)(i % 2),
        Boolean = i % 3 == 0,
        Region = (i % 6) switch { 0 or 1 or 2 => "south", 3 => "north", 4 => "east", _ => "" },
        Color = (uint)(i % 4),
        Pair = [i, -i],
        Wholes = [2 * i, 3 * i],
        Flags = [i % 2 == 0, i % 2 == 1],
    })];

    public static IDataView View(MLContext ml, IEnumerable<Guest> guests) => ml.Data.LoadFromEnumerable(guests);
}
