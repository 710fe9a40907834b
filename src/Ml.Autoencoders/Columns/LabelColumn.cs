using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Columns;

/// <summary>Finds the key column that conditions a stage, and explains what is wrong with one that cannot.</summary>
/// <param name="Column">The column.</param>
/// <param name="Labels">The names of its values, in order: its key values, or the numbers from 1
/// where it has none.</param>
internal sealed record LabelColumn(DataViewSchema.Column Column, IReadOnlyList<string> Labels)
{
    private const string SchemaParameter = "inputSchema";
    private const string Role = "condition";
    private const string Expected = "a key, one label per row";

    /// <summary>Each label widens the first layer of encoder and decoder by one.</summary>
    private const int MaxLabels = 1 << 16;

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or not a key.</exception>
    public static SchemaShape.Column Find(IExceptionContext context, SchemaShape schema, string name)
    {
        if (!schema.TryFindColumn(name, out SchemaShape.Column column))
            throw InputColumn.Missing(context, Role, name, schema.Select(other => other.Name));
        if (!column.IsKey || column.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw NoKey(context, name, column.GetTypeString(), column.Kind != SchemaShape.Column.VectorKind.Scalar);
        return column;
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or not a key of a bounded
    /// number of values.</exception>
    public static LabelColumn Find(IExceptionContext context, DataViewSchema schema, string name)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw InputColumn.Missing(context, Role, name, schema);
        if (column.Type is not KeyDataViewType key)
            throw NoKey(context, name, column.Type.ToString(), column.Type is VectorDataViewType);
        if (key.Count > MaxLabels)
        {
            throw context.ExceptSchemaMismatch(SchemaParameter, Role, name, $"a key of at most {MaxLabels} values",
                $"one of {key.Count}. Map it anew, to a key of the values that occur: {Mapping(name)}");
        }
        return new LabelColumn(column, LabelsOf(column, (int)key.Count));
    }

    /// <summary>As the others, and with the labels from training.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, not a key, or has other labels.</exception>
    public static LabelColumn Find(IExceptionContext context, DataViewSchema schema, string name,
        IReadOnlyList<string> trained)
    {
        LabelColumn column = Find(context, schema, name);
        if (column.Labels.SequenceEqual(trained, StringComparer.Ordinal))
            return column;
        int same = column.Labels.Zip(trained).TakeWhile(labels => labels.First == labels.Second).Count();
        throw context.ExceptSchemaMismatch(SchemaParameter, Role, name,
            $"a key with the values from training, {LabelNames.List(trained)}",
            $"one with {LabelNames.List(column.Labels)}, which differ from value {same + 1} on. Map it with the " +
            "transformer that mapped it in training, not with one that is fitted anew");
    }

    private static Exception NoKey(IExceptionContext context, string name, string? found, bool isVector) =>
        context.ExceptSchemaMismatch(SchemaParameter, Role, name, Expected, isVector
            ? $"{found}. Reduce each row to one value first, then map it: {Mapping(name)}"
            : $"{found}. Map it first: {Mapping(name)}");

    private static string Mapping(string name) => $"ml.Transforms.Conversion.MapValueToKey(\"{name}\")";

    private static IReadOnlyList<string> LabelsOf(DataViewSchema.Column column, int count) => KeyNames.Of(column)
        ?? KeyNames.Numbers(count);
}
