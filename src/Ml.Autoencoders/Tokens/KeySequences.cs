using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Tokens;

/// <summary>Finds the column of sequences of keys, and explains why it is not one.</summary>
internal static class KeySequences
{
    private const string SchemaParameter = "inputSchema";
    private const string Role = InputColumn.InputRole;
    private const string Expected = "a vector of keys";

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static SchemaShape.Column Find(IExceptionContext context, SchemaShape schema, string name)
    {
        if (!schema.TryFindColumn(name, out SchemaShape.Column column))
            throw InputColumn.Missing(context, Role, name, schema.Select(other => other.Name));
        bool isVector = column.Kind != SchemaShape.Column.VectorKind.Scalar;
        return isVector && column.IsKey
            ? column : throw WrongType(context, name, column.GetTypeString(), column.ItemType, column.IsKey, isVector);
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static (DataViewSchema.Column Column, VectorDataViewType Type, KeyDataViewType Key) Find(
        IExceptionContext context, DataViewSchema schema, string name)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw InputColumn.Missing(context, Role, name, schema);
        DataViewType item = column.Type.GetItemType();
        return column.Type is VectorDataViewType vector && item is KeyDataViewType key
            ? (column, vector, key)
            : throw WrongType(context, name, column.Type.ToString(), item, item is KeyDataViewType,
                column.Type is VectorDataViewType);
    }

    private static Exception WrongType(IExceptionContext context, string name, string? found, DataViewType item,
        bool isKey, bool isVector)
    {
        string map = $"ml.Transforms.Conversion.MapValueToKey(\"{name}\")";
        string join = $"ml.Transforms.Concatenate(\"{name}\", ...)";
        string remedy = (item, isKey, isVector) switch
        {
            (_, true, _) =>
                $"Join columns into a vector before keys are made of their values: {join} and {map}",
            (TextDataViewType, _, false) =>
                $"Split it into words and make keys of them first: ml.Transforms.Text.TokenizeIntoWords(\"{name}\") " +
                $"and {map}",
            (TextDataViewType or NumberDataViewType or BooleanDataViewType, _, true) =>
                $"Make keys of its values first: {map}",
            (NumberDataViewType or BooleanDataViewType, _, false) =>
                $"Join columns into a vector and make keys of its values first: {join} and {map}",
            _ => "Make a vector of keys of it first",
        };
        return context.ExceptSchemaMismatch(SchemaParameter, Role, name, Expected, $"{found}. {remedy}");
    }
}
