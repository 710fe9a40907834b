using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>Data views of rows in memory.</summary>
internal static class MemoryView
{
    private const string SlotNamesKind = "SlotNames";

    /// <summary>A vector column alone, with the notes of another: the names of its slots, and which are
    /// categories.</summary>
    public static IDataView OfRows(MLContext ml, IEnumerable<float[]> rows, string column, int size,
        DataViewSchema.Annotations? notes = null) =>
        ml.Data.LoadFromEnumerable(rows.Select(row => new VectorRow { Values = row }),
            Schema(typeof(VectorRow), column, size, notes));

    /// <summary>The same, and a text column of labels.</summary>
    public static IDataView OfTexts(MLContext ml, float[][] rows, string[] labels, string column, string labelColumn,
        DataViewSchema.Annotations? notes = null)
    {
        SchemaDefinition schema = Schema(typeof(TextRow), column, rows[0].Length, notes);
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

    private static SchemaDefinition Schema(Type row, string column, int size, DataViewSchema.Annotations? notes = null)
    {
        SchemaDefinition schema = SchemaDefinition.Create(row);
        SchemaDefinition.Column vector = schema[nameof(VectorRow.Values)];
        vector.ColumnName = column;
        vector.ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        if (notes is not null)
        {
            Copy<ReadOnlyMemory<char>>(notes, SlotNamesKind, vector);
            Copy<int>(notes, CategoricalSlots.Annotation, vector);
        }
        return schema;
    }

    private static void Copy<T>(DataViewSchema.Annotations notes, string kind, SchemaDefinition.Column column)
    {
        if (notes.Schema.GetColumnOrNull(kind) is not { } noted)
            return;
        VBuffer<T> value = default;
        notes.GetValue(kind, ref value);
        column.AddAnnotation(kind, value, noted.Type);
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
