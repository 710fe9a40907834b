using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>A row with sequences of keys in every integer that keys are held in.</summary>
internal sealed class KeyRow
{
    [KeyType(9)]
    public byte[] Bytes { get; set; } = [];

    [KeyType(9)]
    public ushort[] Shorts { get; set; } = [];

    [KeyType(9)]
    public uint[] Wholes { get; set; } = [];

    [KeyType(9)]
    public ulong[] Longs { get; set; } = [];

    /// <summary>The same without zeros, in a sparse vector.</summary>
    [KeyType(9)]
    public VBuffer<uint> Sparse { get; set; }

    [KeyType(9), VectorType(3)]
    public uint[] Known { get; set; } = [];

    public static KeyRow Of(params int[] keys)
    {
        int[] slots = [.. Enumerable.Range(0, keys.Length).Where(slot => keys[slot] > 0)];
        return new()
        {
            Bytes = [.. keys.Select(key => (byte)key)],
            Shorts = [.. keys.Select(key => (ushort)key)],
            Wholes = [.. keys.Select(key => (uint)key)],
            Longs = [.. keys.Select(key => (ulong)key)],
            Sparse = new VBuffer<uint>(keys.Length, slots.Length, [.. slots.Select(slot => (uint)keys[slot])], slots),
            Known = [.. keys.Concat([0, 0, 0]).Take(3).Select(key => (uint)key)],
        };
    }

    public static IDataView View(MLContext ml, params int[][] rows) =>
        ml.Data.LoadFromEnumerable(rows.Select(Of));
}
