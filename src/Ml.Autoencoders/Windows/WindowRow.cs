using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Windows;

/// <summary>A row with a column of windows appended, for a <c>PredictionEngine</c>. A row is taken when its window is
/// first read, and once; the rows before it are those that were taken so far.</summary>
internal sealed class WindowRow : DataViewRow
{
    private readonly IHost _host;
    private readonly DataViewRow _input;
    private readonly WindowSchema _schema;
    private readonly bool[] _active;
    private readonly WindowReader? _reader;
    private long _position = long.MinValue;

    public WindowRow(IHost host, DataViewRow input, WindowSchema schema, IReadOnlyList<DataViewSchema.Column> active)
    {
        _host = host;
        _input = input;
        _schema = schema;
        _active = new bool[schema.Output.Count];
        foreach (DataViewSchema.Column column in active)
            _active[column.Index] = true;
        if (active.Any(column => schema.IsWindow(column.Index)))
            _reader = new WindowReader(input, schema);
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        _host.CheckParam(column.Index < _active.Length, nameof(column), "the column is not of this row's schema");
        return _active[column.Index];
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _host.CheckParam(IsColumnActive(column), nameof(column), "requested column is not active");
        if (!_schema.IsWindow(column.Index))
            return _input.GetGetter<TValue>(_schema.Input[column.Index]);
        ValueGetter<VBuffer<float>> getter = Get;
        return getter as ValueGetter<TValue>
            ?? throw _host.Except(
                $"Column '{column.Name}' is of type {column.Type}; it cannot be read as {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }

    private void Get(ref VBuffer<float> window)
    {
        if (_position != _input.Position)
        {
            _reader!.Step();
            _position = _input.Position;
        }
        _reader!.Get(ref window);
    }
}
