using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Columns;

/// <summary>Finds the vector column that a stage reads, and explains why it cannot read one.</summary>
internal static class InputColumn
{
    /// <summary>What errors call the column that is encoded.</summary>
    public const string InputRole = "input";

    /// <summary>What errors call the column that is reconstructed instead.</summary>
    public const string TargetRole = "target";

    private const string SchemaParameter = "inputSchema";
    private const string Expected = "a vector of Single of known size";

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static SchemaShape.Column Find(IExceptionContext context, SchemaShape schema, string name,
        string role = InputRole, bool mayBeKeys = false)
    {
        if (!schema.TryFindColumn(name, out SchemaShape.Column column))
            throw Missing(context, role, name, schema.Select(other => other.Name));
        bool mayBeRead = column.IsKey ? mayBeKeys : column.ItemType == NumberDataViewType.Single;
        if (!mayBeRead || column.Kind == SchemaShape.Column.VectorKind.Scalar)
            throw WrongType(context, role, name, column.GetTypeString(), column.ItemType, column.IsKey,
                column.Kind == SchemaShape.Column.VectorKind.Scalar);
        if (column.Kind == SchemaShape.Column.VectorKind.VariableVector)
            throw UnknownSize(context, name, column.IsKey);
        return column;
    }

    /// <summary>A vector of numbers, or of keys where it may be.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static (DataViewSchema.Column Column, int Size) Find(IExceptionContext context, DataViewSchema schema,
        string name, string role = InputRole, bool mayBeKeys = false)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw Missing(context, role, name, schema);
        DataViewType item = column.Type.GetItemType();
        bool mayBeRead = item is KeyDataViewType ? mayBeKeys : item == NumberDataViewType.Single;
        if (column.Type is not VectorDataViewType vector || !mayBeRead)
            throw WrongType(context, role, name, column.Type.ToString(), item, item is KeyDataViewType,
                column.Type is not VectorDataViewType);
        if (!vector.IsKnownSize)
            throw UnknownSize(context, name, item is KeyDataViewType);
        return (column, vector.Size);
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing, of another type, or of
    /// another size.</exception>
    public static DataViewSchema.Column Find(IExceptionContext context, DataViewSchema schema, string name, string role,
        params int[] sizes) => Find(context, schema, name, role, mayBeKeys: false, sizes);

    /// <inheritdoc cref="Find(IExceptionContext, DataViewSchema, string, string, int[])"/>
    public static DataViewSchema.Column Find(IExceptionContext context, DataViewSchema schema, string name, string role,
        bool mayBeKeys, params int[] sizes)
    {
        (DataViewSchema.Column column, int found) = Find(context, schema, name, role, mayBeKeys);
        if (!sizes.Contains(found))
        {
            throw context.ExceptSchemaMismatch(SchemaParameter, role, name,
                $"a vector of {string.Join(" or ", sizes)} {Items(column)}, as in training", $"one of {found}");
        }
        return column;
    }

    private static string Items(DataViewSchema.Column column) =>
        column.Type.GetItemType() is KeyDataViewType ? "keys" : "Single";

    /// <summary>The error for a missing column, which lists the others.</summary>
    public static Exception Missing(
        IExceptionContext context, string role, string name, IEnumerable<DataViewSchema.Column> columns) =>
        Missing(context, role, name, columns.Where(column => !column.IsHidden).Select(column => column.Name));

    /// <inheritdoc cref="Missing(IExceptionContext, string, string, IEnumerable{DataViewSchema.Column})"/>
    public static Exception Missing(IExceptionContext context, string role, string name, IEnumerable<string> columns)
    {
        string there = LabelNames.List(columns);
        string where = there.Length > 0 ? $"among {there}" : "where there are none";
        return context.ExceptParam(SchemaParameter, $"Could not find {role} column '{name}' {where}.");
    }

    private static Exception WrongType(IExceptionContext context, string role, string name, string? found,
        DataViewType item, bool isKey, bool isScalar)
    {
        string convert = $"ml.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single)";
        string join = $"ml.Transforms.Concatenate(\"{name}\", ...)";
        string remedy = (item, isKey, isScalar) switch
        {
            (_, true, _) =>
                $"Make it a vector first, for example with ml.Transforms.Conversion.MapKeyToVector(\"{name}\")",
            (TextDataViewType, _, _) =>
                $"Make numbers of it first, for example with ml.Transforms.Text.FeaturizeText(\"{name}\") or " +
                    $"ml.Transforms.Categorical.OneHotEncoding(\"{name}\")",
            (NumberDataViewType or BooleanDataViewType, _, false) => $"Convert it first, for example with {convert}",
            (NumberDataViewType single, _, true) when single == NumberDataViewType.Single =>
                $"Join columns into a vector first, for example with {join}",
            (NumberDataViewType or BooleanDataViewType, _, true) =>
                $"Convert it and join columns into a vector first, for example with {convert} and {join}",
            _ => "Make a vector of numbers of it first",
        };
        return context.ExceptSchemaMismatch(SchemaParameter, role, name, Expected, $"{found}. {remedy}");
    }

    private static Exception UnknownSize(IExceptionContext context, string name, bool isOfKeys) =>
        context.ExceptParam(SchemaParameter,
            $"Column '{name}' is a vector of {(isOfKeys ? "keys of " : "")}unknown size. An autoencoder needs a " +
            (isOfKeys ? $"fixed one: pad and cut its rows, with ml.Transforms.PadKeys(\"{name}\", length: n)."
                : "fixed one: set it in the loader, with [VectorType(n)] on the property of a class or with " +
                    "SchemaDefinition, or resize images before ExtractPixels."));
}
