using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Rows;

/// <summary>The groups of rows, numbered alike in every pass over them.</summary>
/// <param name="Column">The column that names them.</param>
internal sealed record RowGroups(DataViewSchema.Column Column)
{
    private readonly GroupNumbers _numbers = new();

    /// <summary>The groups that windows do not mix; null where there are none, or the data lost their column.</summary>
    public static RowGroups? OfWindows(DataViewSchema schema, WindowColumn? window) =>
        window?.Group is { } name && schema.GetColumnOrNull(name) is { } column
            && GroupColumn.KindOf(column) is not null
            ? new RowGroups(column) : null;

    public GroupReader Read(IExceptionContext context, DataViewRow row) => new(context, row, Column, _numbers);
}
