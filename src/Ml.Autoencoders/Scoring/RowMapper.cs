using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Scoring;

/// <summary>Maps single rows, for a <c>PredictionEngine</c>.</summary>
internal sealed class RowMapper(IHost host, MappedSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        host.CheckValue(input, nameof(input));
        host.CheckValue(activeColumns, nameof(activeColumns));
        return new MappedRow(host, input, schema, [.. activeColumns]);
    }
}
