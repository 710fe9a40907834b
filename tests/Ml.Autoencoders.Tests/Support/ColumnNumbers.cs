using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>
/// Columns of any type that a stage writes, as numbers: keys from 1 on and 0 for a missing one,
/// truth values as 1 and 0.
/// </summary>
internal static class ColumnNumbers
{
    public static float[][] Of(IDataView view, string column)
    {
        DataViewSchema.Column found = view.Schema[column];
        DataViewType item = found.Type is VectorDataViewType vector ? vector.ItemType : found.Type;
        return item.RawType == typeof(uint) ? Of<uint>(view, found, value => value)
            : item.RawType == typeof(bool) ? Of<bool>(view, found, value => value ? 1 : 0)
            : Of<float>(view, found, value => value);
    }

    private static float[][] Of<T>(IDataView view, DataViewSchema.Column column, Func<T, float> number)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        var rows = new List<float[]>();
        if (column.Type is VectorDataViewType)
        {
            ValueGetter<VBuffer<T>> getter = cursor.GetGetter<VBuffer<T>>(column);
            VBuffer<T> values = default;
            while (cursor.MoveNext())
            {
                getter(ref values);
                rows.Add([.. values.DenseValues().Select(number)]);
            }
        }
        else
        {
            ValueGetter<T> getter = cursor.GetGetter<T>(column);
            T value = default!;
            while (cursor.MoveNext())
            {
                getter(ref value);
                rows.Add([number(value)]);
            }
        }
        return [.. rows];
    }
}
