using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using static System.FormattableString;

namespace Ml.Autoencoders.Windows;

/// <summary>Finds the columns that windows are made of, and explains what is wrong with one that cannot be
/// read.</summary>
internal static class SeriesColumns
{
    private const string SchemaParameter = "inputSchema";
    private const string NumbersRole = "input";
    private const string TimeRole = "time";
    private const string ExpectedNumbers = "a number, or a vector of Single of known size";
    private const string ExpectedTime = "a DateTime, DateTimeOffset, TimeSpan or number, one per row";

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static void RequireNumbers(IExceptionContext context, SchemaShape schema, string name)
    {
        SchemaShape.Column column = Find(context, schema, NumbersRole, name);
        bool isScalar = column.Kind == SchemaShape.Column.VectorKind.Scalar;
        if (!AreNumbers(column.ItemType, column.IsKey, isScalar))
            throw NoNumbers(context, name, column.GetTypeString(), column.ItemType, isScalar);
        if (column.Kind == SchemaShape.Column.VectorKind.VariableVector)
            throw UnknownSize(context, name);
    }

    /// <exception cref="ArgumentException">The column is missing or of another type, or the option of the longest gap
    /// is for another type.</exception>
    public static void RequireTime(IExceptionContext context, SchemaShape schema, SlidingWindowOptions options)
    {
        SchemaShape.Column column = Find(context, schema, TimeRole, options.TimeColumnName!);
        if (column.IsKey || column.Kind != SchemaShape.Column.VectorKind.Scalar
            || TimeKindOf(column.ItemType) is not { } kind)
            throw NoTime(context, column.Name, column.GetTypeString());
        RequireGap(context, new TimeColumn(column.Name, kind), options);
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static (DataViewSchema.Column Column, int Size) Numbers(
        IExceptionContext context, DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = Find(context, schema, NumbersRole, name);
        DataViewType item = column.Type.GetItemType();
        var vector = column.Type as VectorDataViewType;
        if (!AreNumbers(item, item is KeyDataViewType, vector is null))
            throw NoNumbers(context, name, column.Type.ToString(), item, vector is null);
        if (vector is { IsKnownSize: false })
            throw UnknownSize(context, name);
        return (column, vector?.Size ?? 1);
    }

    /// <summary>As in the fit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, of another type or of another
    /// size.</exception>
    public static DataViewSchema.Column Numbers(IExceptionContext context, DataViewSchema schema, WindowInput fitted)
    {
        (DataViewSchema.Column column, int size) = Numbers(context, schema, fitted.Name);
        return size == fitted.Size ? column : throw context.ExceptSchemaMismatch(SchemaParameter, NumbersRole,
            fitted.Name, Invariant($"{fitted.Size} {(fitted.Size == 1 ? "number" : "numbers")} per row, as in the fit"),
            Invariant($"{size}"));
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static (DataViewSchema.Column Column, TimeKind Kind) Time(
        IExceptionContext context, DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = Find(context, schema, TimeRole, name);
        return TimeKindOf(column.Type) is { } kind
            ? (column, kind) : throw NoTime(context, name, column.Type.ToString());
    }

    /// <summary>As in the fit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static DataViewSchema.Column Time(IExceptionContext context, DataViewSchema schema, TimeColumn fitted)
    {
        (DataViewSchema.Column column, TimeKind kind) = Time(context, schema, fitted.Name);
        return kind == fitted.Kind ? column : throw context.ExceptSchemaMismatch(SchemaParameter, TimeRole,
            fitted.Name, $"{NameOf(fitted.Kind)}, as in the fit", column.Type.ToString());
    }

    /// <exception cref="ArgumentException">The option of the longest gap is for times of another type.</exception>
    public static void RequireGap(IExceptionContext context, TimeColumn time, SlidingWindowOptions options)
    {
        (string given, string other, bool isWrong) = time.IsNumeric
            ? (nameof(options.MaxGap), nameof(options.MaxNumericGap), options.MaxGap is not null)
            : (nameof(options.MaxNumericGap), nameof(options.MaxGap), options.MaxNumericGap is not null);
        if (isWrong)
            throw context.ExceptParam(given, $"Column '{time.Name}' holds {NameOf(time.Kind)} in each row, and the " +
                $"option {given} is for {(time.IsNumeric ? "dates and spans" : "numbers")}. Use {other}.");
    }

    /// <summary>A window needs rows in their order.</summary>
    /// <exception cref="InvalidOperationException">The rows of the view are shuffled.</exception>
    public static void RequireOrder(IExceptionContext context, IDataView view, string output)
    {
        if (ShuffledRows.Are(view))
            throw context.Except(
                $"The rows are shuffled (ShuffleRows) before the windows of column '{output}' are made of them; " +
                "a window needs rows in their order. Make the windows first, and shuffle those.");
    }

    /// <summary>With its article.</summary>
    public static string NameOf(TimeKind kind) => kind == TimeKind.Whole ? "an integer" : $"a {kind}";

    private static SchemaShape.Column Find(IExceptionContext context, SchemaShape schema, string role, string name) =>
        schema.TryFindColumn(name, out SchemaShape.Column column)
            ? column : throw InputColumn.Missing(context, role, name, schema.Select(other => other.Name));

    private static DataViewSchema.Column Find(
        IExceptionContext context, DataViewSchema schema, string role, string name) =>
        schema.GetColumnOrNull(name) ?? throw InputColumn.Missing(context, role, name, schema);

    private static bool AreNumbers(DataViewType item, bool isKey, bool isScalar) =>
        !isKey && item is NumberDataViewType && (isScalar || item == NumberDataViewType.Single);

    private static TimeKind? TimeKindOf(DataViewType type) => type switch
    {
        DateTimeDataViewType => TimeKind.DateTime,
        DateTimeOffsetDataViewType => TimeKind.DateTimeOffset,
        TimeSpanDataViewType => TimeKind.TimeSpan,
        NumberDataViewType when type == NumberDataViewType.Single => TimeKind.Single,
        NumberDataViewType when type == NumberDataViewType.Double => TimeKind.Double,
        NumberDataViewType => TimeKind.Whole,
        _ => null,
    };

    private static Exception NoNumbers(
        IExceptionContext context, string name, string? found, DataViewType item, bool isScalar)
    {
        string remedy = (item, isScalar) switch
        {
            (TextDataViewType, _) => "Make numbers of it first, for example with " +
                $"ml.Transforms.Categorical.OneHotEncoding(\"{name}\")",
            (BooleanDataViewType, _) or (NumberDataViewType, false) => "Convert it first, for example with " +
                $"ml.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single)",
            (NumberDataViewType, true) => "Make a vector of it first, for example with " +
                $"ml.Transforms.Conversion.MapKeyToVector(\"{name}\")",
            _ => "Make numbers of it first",
        };
        return context.ExceptSchemaMismatch(SchemaParameter, NumbersRole, name, ExpectedNumbers, $"{found}. {remedy}");
    }

    private static Exception UnknownSize(IExceptionContext context, string name) => context.ExceptParam(SchemaParameter,
        $"Column '{name}' is a vector of unknown size, and windows need as many numbers in every row: set it in the " +
        "loader, or with [VectorType(n)] on the property of a class, or with SchemaDefinition.");

    private static Exception NoTime(IExceptionContext context, string name, string? found) =>
        context.ExceptSchemaMismatch(SchemaParameter, TimeRole, name, ExpectedTime,
            $"{found}. Convert it first, for example with ml.Transforms.Conversion.ConvertType(\"{name}\", " +
            "outputKind: DataKind.DateTime)");
}
