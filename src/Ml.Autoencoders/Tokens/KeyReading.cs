using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tokens;

/// <summary>Getters of sequences of keys, whatever integer keys are held in.</summary>
internal static class KeyReading
{
    /// <summary>What reads rows padded and cut: a <c>ValueGetter</c> of vectors of the key's own type.</summary>
    public static Delegate Padded(DataViewRow row, DataViewSchema.Column column, KeyDataViewType key,
        KeyPaddingDescription description) => Type.GetTypeCode(key.RawType) switch
        {
            TypeCode.Byte => Padded<byte>(row, column, description),
            TypeCode.UInt16 => Padded<ushort>(row, column, description),
            TypeCode.UInt32 => Padded<uint>(row, column, description),
            TypeCode.UInt64 => Padded<ulong>(row, column, description),
            _ => throw new UnreachableException(),
        };

    /// <summary>What reads how many keys a row has.</summary>
    public static Func<int> Size(DataViewRow row, DataViewSchema.Column column, KeyDataViewType key) =>
        Type.GetTypeCode(key.RawType) switch
        {
            TypeCode.Byte => Size<byte>(row, column),
            TypeCode.UInt16 => Size<ushort>(row, column),
            TypeCode.UInt32 => Size<uint>(row, column),
            TypeCode.UInt64 => Size<ulong>(row, column),
            _ => throw new UnreachableException(),
        };

    private static ValueGetter<VBuffer<T>> Padded<T>(
        DataViewRow row, DataViewSchema.Column column, KeyPaddingDescription description) where T : unmanaged
    {
        ValueGetter<VBuffer<T>> read = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> keys = default;
        return (ref VBuffer<T> padded) =>
        {
            read(ref keys);
            VBufferEditor<T> editor = VBufferEditor.Create(ref padded, description.Length);
            Pad(keys, description.Move(keys.Length), editor.Values);
            padded = editor.Commit();
        };
    }

    private static void Pad<T>(in VBuffer<T> keys, (int Source, int Target, int Count) move, Span<T> padded)
        where T : unmanaged
    {
        padded.Clear();
        Span<T> moved = padded.Slice(move.Target, move.Count);
        if (keys.IsDense)
        {
            keys.GetValues().Slice(move.Source, move.Count).CopyTo(moved);
            return;
        }
        ReadOnlySpan<int> indices = keys.GetIndices();
        ReadOnlySpan<T> values = keys.GetValues();
        for (int i = 0; i < indices.Length; i++)
        {
            int slot = indices[i] - move.Source;
            if (slot >= 0 && slot < move.Count)
                moved[slot] = values[i];
        }
    }

    private static Func<int> Size<T>(DataViewRow row, DataViewSchema.Column column) where T : unmanaged
    {
        ValueGetter<VBuffer<T>> read = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> keys = default;
        return () =>
        {
            read(ref keys);
            return keys.Length;
        };
    }
}
