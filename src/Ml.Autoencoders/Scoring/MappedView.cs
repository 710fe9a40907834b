using Microsoft.ML;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Scoring;

/// <summary>
/// A data view with a mapping's columns after the source's. Nothing is computed until a cursor asks.
/// </summary>
/// <remarks>It shows its source, so that code that follows a pipeline back from its end, as ML.NET's own export to ONNX
/// does, does not take this view for the beginning. That export has it write its columns, too.</remarks>
/// <param name="host">The owner of errors.</param>
/// <param name="source">The rows.</param>
/// <param name="schema">The mapping, tied to their schema.</param>
/// <param name="stage">The class of the transformer that made the view.</param>
internal sealed class MappedView(IHost host, IDataView source, MappedSchema schema, string stage)
    : ITransformCanSaveOnnx, IStageView
{
    public IDataView Source => source;

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => schema.Output;

    string IStageView.Stage => stage;

    public long? GetRowCount() => source.GetRowCount();

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw host.ExceptNotSupp("A data view is not saved. Save the transformer that it comes from.");

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => OnnxView.CanSave(host, schema);

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx)
    {
        host.CheckValue(ctx, nameof(ctx));
        OnnxView.Save(host, schema, ctx);
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        host.CheckValue(columnsNeeded, nameof(columnsNeeded));
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return Map([source.GetRowCursor(schema.Dependencies(needed), rand)], needed)[0];
    }

    /// <summary>As many cursors as the source gives. ML.NET reads them on their own threads.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n,
        Random? rand = null)
    {
        host.CheckValue(columnsNeeded, nameof(columnsNeeded));
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return Map(source.GetRowCursorSet(schema.Dependencies(needed), n, rand), needed);
    }

    private DataViewRowCursor[] Map(DataViewRowCursor[] inputs, DataViewSchema.Column[] needed)
    {
        try
        {
            return [.. inputs.Select(input => new BatchedCursor(host, input, schema, needed,
                mayReadAhead: inputs.Length == 1))];
        }
        catch
        {
            foreach (DataViewRowCursor input in inputs)
                input.Dispose();
            throw;
        }
    }
}
