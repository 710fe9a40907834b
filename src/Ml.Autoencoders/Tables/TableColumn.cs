using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Corruptions;

namespace Ml.Autoencoders.Tables;

/// <summary>A column of a table, as a fit found it, and the slots that it becomes.</summary>
/// <param name="name">Of the column.</param>
/// <param name="kind">Of its values.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "holds")]
[JsonDerivedType(typeof(NumberColumn), "numbers")]
[JsonDerivedType(typeof(CategoryColumn), "categories")]
internal abstract class TableColumn(string name, DataKind kind)
{
    public string Name { get; } = name;

    public DataKind Kind { get; } = kind;

    /// <summary>How many slots there are.</summary>
    [JsonIgnore]
    public abstract int Size { get; }

    /// <summary>Their names.</summary>
    [JsonIgnore]
    public abstract IEnumerable<string> SlotNames { get; }

    /// <summary>Which of them are a category together.</summary>
    [JsonIgnore]
    public abstract IEnumerable<SlotGroup> Categories { get; }

    /// <summary>The type that a column must have, in words.</summary>
    protected abstract string Expected { get; }

    /// <summary>Checks what a file holds.</summary>
    /// <exception cref="FormatException">It is not what a fit finds.</exception>
    public abstract void Check(Place place);

    /// <summary>The column in a schema.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing, or not what it was in the fit.</exception>
    public DataViewSchema.Column Find(IExceptionContext context, DataViewSchema schema)
    {
        DataViewSchema.Column column = Find(context, schema, Name);
        var type = TableColumnType.Of(context, column);
        if (type.Kind != Kind || !Takes(type, column.Type))
            throw TableColumnType.Other(context, Name, Expected, $"{column.Type}");
        CheckValues(context, column);
        return column;
    }

    /// <inheritdoc cref="Find(IExceptionContext, DataViewSchema)"/>
    public static DataViewSchema.Column Find(IExceptionContext context, DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) ?? throw InputColumn.Missing(context, InputColumn.InputRole, name, schema);

    /// <summary>Whether a type is the one of the fit, given that its values are of the same kind.</summary>
    protected abstract bool Takes(TableColumnType type, DataViewType whole);

    /// <summary>Compares what a type does not tell.</summary>
    protected virtual void CheckValues(IExceptionContext context, DataViewSchema.Column column)
    {
    }

    /// <summary>What writes the slots of the row that <paramref name="row"/> is at.</summary>
    public abstract SlotWriter Open(DataViewRow row, DataViewSchema.Column column);

    /// <summary>The names of columns and of slots in a file.</summary>
    protected void CheckName(Place place)
    {
        if (Require.TextFault(Name, Limits.Name) is { } fault)
            throw place.Error(nameof(Name), fault);
        Require.Defined(Kind, place, nameof(Kind));
    }
}
