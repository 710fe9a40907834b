using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tables;

/// <summary>A table of one column of texts, and what becomes of tables.</summary>
internal static class Table
{
    public static IDataView Of(MLContext ml, params IEnumerable<string> regions) =>
        ml.Data.LoadFromEnumerable(regions.Select(region => new Guest { Region = region }).ToArray());

    public static float[][] Rows(IDataView view, string column = "Features") =>
        [.. view.GetColumn<float[]>(column)];

    public static string[] Names(DataViewSchema schema, string column = "Features")
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema[column].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => $"{name}")];
    }

    /// <summary>First and last slot of each category; null where the column says nothing.</summary>
    public static int[]? Ranges(DataViewSchema schema, string column = "Features")
    {
        if (schema[column].Annotations.Schema.GetColumnOrNull("CategoricalSlotRanges") is null)
            return null;
        VBuffer<int> ranges = default;
        schema[column].Annotations.GetValue("CategoricalSlotRanges", ref ranges);
        return [.. ranges.DenseValues()];
    }
}
