using Microsoft.ML;
using Microsoft.ML.Data;

namespace Anomalies;

/// <summary>The names of the numbers in a column of vectors.</summary>
internal static class SlotNames
{
    public static string[] Of(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => $"{name}")];
    }
}
