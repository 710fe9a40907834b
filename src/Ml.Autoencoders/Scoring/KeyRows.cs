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

    /// <summary>A row of keys as a model has it, in numbers.</summary>
    /// <exception cref="ArgumentException">It has another length, or a number is not a key.</exception>
    public static float[] ToNumbers(uint[]? row, int index, TokenFormat format, string parameter)
    {
        Require(row, index, format, parameter);
        return Array.ConvertAll(row!, key => (float)key);
    }

    /// <summary>Checks a row that a caller gives.</summary>
    /// <exception cref="ArgumentException">It has another length, or a number is not a key.</exception>
    public static void Require(uint[]? row, int index, TokenFormat format, string parameter)
    {
        if (row?.Length != format.Steps)
            throw new ArgumentException(
                $"Row {index} has {row?.Length.ToString() ?? "no"} keys; it needs {format.Steps}.", parameter);
        RequireKeys(row, index, format, parameter);
    }

    /// <summary>Checks the numbers of a row of any length.</summary>
    /// <exception cref="ArgumentException">A number is not a key.</exception>
    public static void RequireKeys(uint[] keys, int index, TokenFormat format, string parameter)
    {
        ArgumentNullException.ThrowIfNull(keys, parameter);
        for (int step = 0; step < keys.Length; step++)
        {
            if (keys[step] > format.Classes)
                throw new ArgumentException(FormattableString.Invariant(
                    $"Row {index}, step {step}: {keys[step]} is not a key; keys are from 1 to {format.Classes}, and ") +
                    "0 where they are missing.", parameter);
        }
    }

    private sealed class KeyRow
    {
        public uint[] Keys { get; init; } = [];
    }
}
