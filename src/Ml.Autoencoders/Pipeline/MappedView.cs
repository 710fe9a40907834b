using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Pipeline;

/// <summary>A data view with a mapping's columns behind the source's. Nothing is computed until a cursor asks.</summary>
internal sealed class MappedView(IHost host, IDataView source, MappedSchema schema) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => schema.Output;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        host.CheckValue(columnsNeeded, nameof(columnsNeeded));
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        DataViewRowCursor input = source.GetRowCursor(schema.Dependencies(needed), rand);
        try
        {
            return new BatchedCursor(host, input, schema, needed);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>One cursor: its batches already use every core that torch is given.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
