using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Rows;

/// <summary>The groups of rows, numbered alike in every pass over them.</summary>
/// <param name="Column">The column that names them.</param>
internal sealed record RowGroups(DataViewSchema.Column Column)
{
    private readonly GroupNumbers _numbers = new();

    public GroupReader Read(IExceptionContext context, DataViewRow row) => new(context, row, Column, _numbers);
}
