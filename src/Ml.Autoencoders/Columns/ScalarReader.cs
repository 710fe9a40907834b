using System.Numerics;
using Microsoft.ML;

namespace Ml.Autoencoders.Columns;

/// <summary>Reads a scalar column of any type of numbers, or of keys, of one row after the other.</summary>
internal static class ScalarReader
{
    /// <param name="row">The row, or cursor.</param>
    /// <param name="column">The column.</param>
    /// <typeparam name="T">What its numbers become.</typeparam>
    public static Func<T> Of<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, INumberBase<T>
    {
        Type raw = column.Type.RawType;
        return raw == typeof(float) ? Create<float>()
            : raw == typeof(double) ? Create<double>()
            : raw == typeof(sbyte) ? Create<sbyte>()
            : raw == typeof(byte) ? Create<byte>()
            : raw == typeof(short) ? Create<short>()
            : raw == typeof(ushort) ? Create<ushort>()
            : raw == typeof(int) ? Create<int>()
            : raw == typeof(uint) ? Create<uint>()
            : raw == typeof(long) ? Create<long>()
            : Create<ulong>();

        Func<T> Create<TFrom>()
            where TFrom : struct, INumberBase<TFrom>
        {
            ValueGetter<TFrom> getter = row.GetGetter<TFrom>(column);
            return () =>
            {
                TFrom value = default;
                getter(ref value);
                return T.CreateTruncating(value);
            };
        }
    }
}
