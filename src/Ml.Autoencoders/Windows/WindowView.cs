using Microsoft.ML;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Windows;

/// <summary>A data view with a column of windows after the source's columns. Nothing is computed until a cursor
/// asks.</summary>
/// <remarks>A window depends on the rows before it, so one cursor reads all rows in their order: there are no parallel
/// ones. A random generator is ignored, as ML.NET expects of every view that cannot be shuffled: ShuffleRows passes one
/// to whatever view it reads, and then shuffles whole windows.</remarks>
internal sealed class WindowView(IHost host, IDataView source, WindowSchema schema)
    : ITransformCanSaveOnnx, IStageView
{
    public IDataView Source => source;

    public bool CanShuffle => false;

    public DataViewSchema Schema => schema.Output;

    string IStageView.Stage => nameof(SlidingWindowTransformer);

    public long? GetRowCount() => source.GetRowCount();

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw host.ExceptNotSupp("A data view is not saved. Save the transformer that it comes from.");

    /// <summary>ML.NET's export would otherwise stop here, export the rest under a warning, and take the windows for
    /// columns of the data.</summary>
    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => throw NoOnnx();

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) => throw NoOnnx();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        host.CheckValue(columnsNeeded, nameof(columnsNeeded));
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        DataViewRowCursor input = source.GetRowCursor(schema.Dependencies(needed));
        try
        {
            return new WindowCursor(host, input, schema, needed);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n,
        Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private Exception NoOnnx() => host.ExceptNotSupp(
        $"The stage SlidingWindow of column '{schema.Description.Output}' cannot be exported to ONNX: a window is " +
        "made of several rows, and an ONNX model takes each by itself. Export the stages after it, which take " +
        "windows: model.GetAutoencoder(...).SaveOnnx(...), model.GetAnomalyDetector().SaveOnnx(...), or " +
        "ConvertToOnnx of these stages with ml.Data.Cache(windows) as their data. Make the windows with " +
        "WindowTracker.");
}
