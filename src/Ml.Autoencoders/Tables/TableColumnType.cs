using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Tables;

/// <summary>The type of a column that a table can have, and what is said about the others.</summary>
/// <param name="Kind">Of a value.</param>
/// <param name="IsKey">Whether the values are keys.</param>
/// <param name="IsVector">Whether there are several.</param>
internal readonly record struct TableColumnType(DataKind Kind, bool IsKey, bool IsVector)
{
    private const string SchemaParameter = "inputSchema";
    private const string Role = "input";
    private const string Expected =
        "a number, a Boolean, a text, a key, or a vector of numbers or Booleans of known size";

    /// <summary>All that are numbers, and in what columns have them.</summary>
    private static readonly Dictionary<DataViewType, DataKind> Kinds = new()
    {
        [NumberDataViewType.SByte] = DataKind.SByte,
        [NumberDataViewType.Byte] = DataKind.Byte,
        [NumberDataViewType.Int16] = DataKind.Int16,
        [NumberDataViewType.UInt16] = DataKind.UInt16,
        [NumberDataViewType.Int32] = DataKind.Int32,
        [NumberDataViewType.UInt32] = DataKind.UInt32,
        [NumberDataViewType.Int64] = DataKind.Int64,
        [NumberDataViewType.UInt64] = DataKind.UInt64,
        [NumberDataViewType.Single] = DataKind.Single,
        [NumberDataViewType.Double] = DataKind.Double,
        [BooleanDataViewType.Instance] = DataKind.Boolean,
        [TextDataViewType.Instance] = DataKind.String,
    };

    /// <summary>Whether a column of the type holds categories, whatever options say.</summary>
    public bool IsCategory => IsKey || Kind == DataKind.String;

    /// <exception cref="ArgumentOutOfRangeException">The column is of a type that is not taken.</exception>
    public static TableColumnType Of(IExceptionContext context, DataViewSchema.Column column)
    {
        DataViewType item = column.Type.GetItemType();
        bool isKey = item is KeyDataViewType;
        DataKind? kind = isKey ? KindOfKey(item.RawType) : Kinds.TryGetValue(item, out DataKind known) ? known : null;
        return Of(context, column.Name, kind, isKey, column.Type is VectorDataViewType,
            column.Type is VectorDataViewType { IsKnownSize: false }, item, column.Type.ToString());
    }

    /// <inheritdoc cref="Of(IExceptionContext, DataViewSchema.Column)"/>
    public static TableColumnType Of(IExceptionContext context, SchemaShape.Column column) =>
        Of(context, column.Name, Kinds.TryGetValue(column.ItemType, out DataKind known) ? known : null, column.IsKey,
            column.Kind != SchemaShape.Column.VectorKind.Scalar,
            column.Kind == SchemaShape.Column.VectorKind.VariableVector, column.ItemType, column.GetTypeString());

    /// <summary>The error for a column that is not what it was in the fit.</summary>
    public static Exception Other(IExceptionContext context, string name, string expected, string found) =>
        context.ExceptSchemaMismatch(SchemaParameter, Role, name, $"{expected}, as in the fit", found);

    private static DataKind KindOfKey(Type raw) =>
        Kinds.First(known => known.Key is NumberDataViewType && known.Key.RawType == raw).Value;

    private static TableColumnType Of(IExceptionContext context, string name, DataKind? kind, bool isKey, bool isVector,
        bool hasUnknownSize, DataViewType item, string? found)
    {
        bool isTaken = kind is not null && !hasUnknownSize && !(isVector && (isKey || kind == DataKind.String));
        return isTaken
            ? new TableColumnType(kind!.Value, isKey, isVector)
            : throw context.ExceptSchemaMismatch(SchemaParameter, Role, name, Expected,
                $"{found}. {Remedy(name, item, kind, isKey, hasUnknownSize)}");
    }

    private static string Remedy(string name, DataViewType item, DataKind? kind, bool isKey, bool hasUnknownSize) =>
        item is DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType
        ? "Make numbers of it first, such as the hour of the day or days since a date, with " +
            "ml.Transforms.CustomMapping"
        : isKey
        ? $"Count its keys first: ml.Transforms.Conversion.MapKeyToVector(\"{name}\", outputCountVector: true)"
        : kind == DataKind.String ? $"Make numbers of its words first: ml.Transforms.Text.FeaturizeText(\"{name}\")"
        : hasUnknownSize && kind is not null
        ? "Set its size in the loader, with [VectorType(n)] on the property of a class or with SchemaDefinition"
        : "Make a vector of numbers of it first, as ml.Transforms.ExtractPixels does of images, or leave it out";
}
