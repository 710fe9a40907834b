using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Scoring;

/// <summary>A row with a mapping's columns appended, computed when one of them is first read at a position.</summary>
internal sealed class MappedRow : DataViewRow
{
    private readonly IHost _host;
    private readonly DataViewRow _input;
    private readonly MappedSchema _schema;
    private readonly bool[] _active;
    private readonly MappingInput _values;
    private readonly float[]?[] _outputs;
    private MappingReader? _reader;
    private long _mappedPosition = long.MinValue;

    public MappedRow(IHost host, DataViewRow input, MappedSchema schema, IReadOnlyList<DataViewSchema.Column> active)
    {
        _host = host;
        _input = input;
        _schema = schema;
        _active = new bool[schema.Output.Count];
        foreach (DataViewSchema.Column column in active)
            _active[column.Index] = true;
        bool[] wanted = schema.WantedOutputs(active);
        _values = new MappingInput(schema.Mapping, capacity: 1);
        _outputs = [.. schema.Mapping.Outputs.Select((output, i) => wanted[i] ? new float[output.Size] : null)];
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
        if (_schema.OutputIndex(column.Index) is not { } output)
            return _input.GetGetter<TValue>(_schema.Input[column.Index]);
        _reader ??= new MappingReader(_input, _schema);
        return OutputGetter.Create(_schema.Mapping.Outputs[output], () => (Map()[output]!, 0)) as ValueGetter<TValue>
            ?? throw _host.Except(
                $"Column '{column.Name}' is of type {column.Type}; it cannot be read as {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }

    private float[]?[] Map()
    {
        if (_mappedPosition != _input.Position)
        {
            _reader!.Read(_values, 0);
            _schema.Mapping.Map(_values, 1, _outputs);
            _mappedPosition = _input.Position;
        }
        return _outputs;
    }
}
