using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.GoldenHashes;

/// <summary>A column of numbers, keys or labels as numbers, row by row.</summary>
internal static class ColumnNumbers
{
    public static float[] Of(IDataView view, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType { ItemType: KeyDataViewType } =>
            [.. view.GetColumn<VBuffer<uint>>(column).SelectMany(row => row.DenseValues()).Select(key => (float)key)],
        VectorDataViewType => [.. view.GetColumn<VBuffer<float>>(column).SelectMany(row => row.DenseValues())],
        BooleanDataViewType => [.. view.GetColumn<bool>(column).Select(label => label ? 1f : 0)],
        KeyDataViewType => [.. view.GetColumn<uint>(column).Select(key => (float)key)],
        _ => [.. view.GetColumn<float>(column)],
    };
}
