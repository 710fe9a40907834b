using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Scoring;

/// <summary>Rows of keys as a data view.</summary>
internal static class KeyRows
{
    /// <param name="environment">The context.</param>
    /// <param name="name">The one column.</param>
    /// <param name="rows">The rows, each of as many keys.</param>
    /// <param name="format">How many, of how many keys.</param>
    /// <param name="names">The names of the keys; null where they have none.</param>
    public static IDataView ToView(IHostEnvironment environment, string name, IReadOnlyList<uint[]> rows,
        TokenFormat format, IReadOnlyList<string>? names)
    {
        var definition = SchemaDefinition.Create(typeof(KeyRow));
        SchemaDefinition.Column column = definition[nameof(KeyRow.Keys)];
        column.ColumnName = name;
        column.ColumnType = new VectorDataViewType(new KeyDataViewType(typeof(uint), format.Classes), format.Steps);
        if (names is not null)
        {
            column.AddAnnotation(AnnotationUtils.Kinds.KeyValues,
                new VBuffer<ReadOnlyMemory<char>>(names.Count, [.. names.Select(key => key.AsMemory())]),
                new VectorDataViewType(TextDataViewType.Instance, names.Count));
        }
        return DataViewConstructionUtils.CreateFromEnumerable(environment,
            rows.Select(row => new KeyRow { Keys = row }), definition);
    }

    private sealed class KeyRow
    {
        public uint[] Keys { get; init; } = [];
    }
}
