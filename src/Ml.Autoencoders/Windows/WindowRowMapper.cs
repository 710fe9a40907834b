using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Windows;

/// <summary>Makes windows of single rows, for a <c>PredictionEngine</c>: each row that it gives has windows of its own,
/// which start empty.</summary>
internal sealed class WindowRowMapper(IHost host, WindowSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        host.CheckValue(input, nameof(input));
        host.CheckValue(activeColumns, nameof(activeColumns));
        return new WindowRow(host, input, schema, [.. activeColumns]);
    }
}
