using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Columns;

/// <summary>A column of the groups that rows belong to: the machines, for example, that they are readings of.</summary>
internal sealed record GroupColumn(string Name, GroupKind Kind)
{
    private const string SchemaParameter = "inputSchema";
    private const string Role = "group";
    private const string Expected = "a text, a key or an integer, one per row";

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static void Require(IExceptionContext context, SchemaShape schema, string name)
    {
        if (!schema.TryFindColumn(name, out SchemaShape.Column column))
            throw InputColumn.Missing(context, Role, name, schema.Select(other => other.Name));
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || KindOf(column.ItemType, column.IsKey) is null)
            throw NoGroup(context, name, column.GetTypeString());
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static (DataViewSchema.Column Column, GroupKind Kind) Find(
        IExceptionContext context, DataViewSchema schema, string name)
    {
        DataViewSchema.Column column =
            schema.GetColumnOrNull(name) ?? throw InputColumn.Missing(context, Role, name, schema);
        return KindOf(column) is { } kind ? (column, kind) : throw NoGroup(context, name, column.Type.ToString());
    }

    /// <summary>What the groups of a column are named by; null where it holds none.</summary>
    public static GroupKind? KindOf(DataViewSchema.Column column) =>
        KindOf(column.Type, column.Type is KeyDataViewType);

    /// <summary>The column in another view, as in the fit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public DataViewSchema.Column In(IExceptionContext context, DataViewSchema schema)
    {
        (DataViewSchema.Column column, GroupKind kind) = Find(context, schema, Name);
        return kind == Kind ? column : throw context.ExceptSchemaMismatch(SchemaParameter, Role, Name,
            $"{NameOf(Kind)}, as in the fit", column.Type.ToString());
    }

    /// <summary>With its article.</summary>
    public static string NameOf(GroupKind kind) => kind switch
    {
        GroupKind.Text => "a text",
        GroupKind.Key => "a key",
        _ => "an integer",
    };

    private static GroupKind? KindOf(DataViewType type, bool isKey) => type switch
    {
        _ when isKey => GroupKind.Key,
        TextDataViewType => GroupKind.Text,
        NumberDataViewType when type != NumberDataViewType.Single && type != NumberDataViewType.Double =>
            GroupKind.Whole,
        _ => null,
    };

    private static Exception NoGroup(IExceptionContext context, string name, string? found) =>
        context.ExceptSchemaMismatch(SchemaParameter, Role, name, Expected,
            $"{found}. Map it first: ml.Transforms.Conversion.MapValueToKey(\"{name}\")");
}
