using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tables;

/// <summary>Numbers and keys as codes, each value with its own: whole numbers are their own, and others have the bits
/// of a Double.</summary>
internal static class CategoryCodes
{
    private static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>The value of a code, as text.</summary>
    public static string Text(DataKind kind, long code) => kind switch
    {
        DataKind.Single => ((float)BitConverter.Int64BitsToDouble(code)).ToString(Culture),
        DataKind.Double => BitConverter.Int64BitsToDouble(code).ToString(Culture),
        DataKind.UInt64 => ((ulong)code).ToString(Culture),
        _ => code.ToString(Culture),
    };

    /// <summary>The code of a value; null where the text is not as <see cref="Text"/> writes it.</summary>
    public static long? Parse(DataKind kind, string text)
    {
        long? code = kind switch
        {
            DataKind.Single => float.TryParse(text, Culture, out float number) ? Bits(number) : null,
            DataKind.Double => double.TryParse(text, Culture, out double number) ? Bits(number) : null,
            DataKind.UInt64 => ulong.TryParse(text, Culture, out ulong number) ? (long)number : null,
            _ => long.TryParse(text, Culture, out long number) ? number : null,
        };
        return code is { } parsed && Text(kind, parsed) == text ? parsed : null;
    }

    /// <summary>In the order of the values.</summary>
    public static int Compare(DataKind kind, long one, long other) => kind switch
    {
        DataKind.Single or DataKind.Double =>
            BitConverter.Int64BitsToDouble(one).CompareTo(BitConverter.Int64BitsToDouble(other)),
        DataKind.UInt64 => ((ulong)one).CompareTo((ulong)other),
        _ => one.CompareTo(other),
    };

    /// <summary>What reads codes of a column of numbers or keys.</summary>
    public static CodeReader Open(DataViewRow row, DataViewSchema.Column column)
    {
        bool isKey = column.Type is KeyDataViewType;
        if (column.Type.RawType == typeof(float) || column.Type.RawType == typeof(double))
        {
            ValueGetter<double> real = Getter<double>(NumberDataViewType.Double);
            double value = 0;
            return (out long code) =>
            {
                real(ref value);
                code = Bits(value);
                return !double.IsNaN(value);
            };
        }
        if (isKey || column.Type.RawType == typeof(byte) || column.Type.RawType == typeof(ushort)
            || column.Type.RawType == typeof(uint) || column.Type.RawType == typeof(ulong))
        {
            ValueGetter<ulong> whole = Getter<ulong>(NumberDataViewType.UInt64);
            ulong value = 0;
            return (out long code) =>
            {
                whole(ref value);
                code = (long)value;
                return !isKey || value != 0;
            };
        }
        ValueGetter<long> signed = Getter<long>(NumberDataViewType.Int64);
        return (out long code) =>
        {
            code = 0;
            signed(ref code);
            return true;
        };

        ValueGetter<T> Getter<T>(DataViewType type) => RowCursorUtils.GetGetterAs<T>(type, row, column.Index);
    }

    /// <summary>The same for both zeros.</summary>
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value + 0d);
}
