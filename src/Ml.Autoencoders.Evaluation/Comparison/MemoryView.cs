using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>Data views of rows in memory.</summary>
internal static class MemoryView
{
    /// <summary>A vector column alone.</summary>
    public static IDataView OfRows(MLContext ml, IEnumerable<float[]> rows, string column, int size) =>
        ml.Data.LoadFromEnumerable(rows.Select(row => new VectorRow { Values = row }),
            Schema(typeof(VectorRow), column, size));

    /// <summary>A vector column, and a text column of labels.</summary>
    public static IDataView OfTexts(MLContext ml, float[][] rows, string[] labels, string column, string labelColumn)
    {
        SchemaDefinition schema = Schema(typeof(TextRow), column, rows[0].Length);
        schema[nameof(TextRow.Label)].ColumnName = labelColumn;
        TextRow[] items = [.. rows.Zip(labels, (row, label) => new TextRow { Values = row, Label = label })];
        return ml.Data.LoadFromEnumerable(items, schema);
    }

    /// <summary>
    /// A vector column, and a key column of labels that are numbers from 1 to <paramref name="keyCount"/>,
    /// or 0 where one is missing.
    /// </summary>
    public static IDataView OfKeys(MLContext ml, float[][] rows, uint[] keys, int keyCount, string column,
        string labelColumn)
    {
        SchemaDefinition schema = Schema(typeof(KeyRow), column, rows[0].Length);
        SchemaDefinition.Column label = schema[nameof(KeyRow.Label)];
        label.ColumnName = labelColumn;
        label.ColumnType = new KeyDataViewType(typeof(uint), keyCount);
        // Values of a class count from 0, and one out of the range is missing.
        KeyRow[] items = [.. rows.Zip(keys, (row, key) => new KeyRow { Values = row, Label = unchecked(key - 1) })];
        return ml.Data.LoadFromEnumerable(items, schema);
    }

    private static SchemaDefinition Schema(Type row, string column, int size)
    {
        SchemaDefinition schema = SchemaDefinition.Create(row);
        SchemaDefinition.Column vector = schema[nameof(VectorRow.Values)];
        vector.ColumnName = column;
        vector.ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        return schema;
    }

    private class VectorRow
    {
        public float[] Values { get; set; } = [];
    }

    private sealed class TextRow : VectorRow
    {
        public string Label { get; set; } = "";
    }

    private sealed class KeyRow : VectorRow
    {
        public uint Label { get; set; }
    }
}
