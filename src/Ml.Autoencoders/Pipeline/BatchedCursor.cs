using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Pipeline;

/// <summary>
/// Reads a batch of rows from its source, maps all of them at once, and hands them on one by one. The source is read
/// once: what passes through is kept for the rows of the batch.
/// </summary>
internal sealed class BatchedCursor : RootCursorBase
{
    /// <summary>The first batch is small and each is twice the one before, so that a reader of few rows waits for few.</summary>
    private const int FirstRows = 16;

    /// <summary>Images that pass through stay in native memory until they are handed on.</summary>
    private const int MostDisposableRows = 16;

    private readonly DataViewRowCursor _source;
    private readonly MappedSchema _schema;
    private readonly bool[] _active;
    private readonly ColumnBuffer?[] _passing;
    private readonly ValueGetter<DataViewRowId> _getId;
    private readonly DataViewRowId[] _ids;
    private readonly MappingReader? _reader;
    private readonly MappingInput? _input;
    private readonly float[]?[] _outputs;
    private int _limit;
    private int _count;
    private int _row;

    public BatchedCursor(IHost host, DataViewRowCursor source, MappedSchema schema, IReadOnlyList<DataViewSchema.Column> needed)
        : base(host)
    {
        _source = source;
        _schema = schema;
        _active = new bool[schema.Output.Count];
        foreach (DataViewSchema.Column column in needed)
            _active[column.Index] = true;

        int capacity = Capacity(schema, needed);
        _passing = new ColumnBuffer?[schema.Input.Count];
        for (int i = 0; i < _passing.Length; i++)
        {
            if (_active[i])
                _passing[i] = ColumnBuffer.Create(source, schema.Input[i], capacity);
        }
        _getId = source.GetIdGetter();
        _ids = new DataViewRowId[capacity];

        bool[] wanted = schema.WantedOutputs(needed);
        bool maps = wanted.Contains(true);
        _reader = maps ? new MappingReader(source, schema) : null;
        _input = maps ? new MappingInput(schema.Mapping, capacity) : null;
        _outputs = [.. schema.Mapping.Outputs.Select((output, i) => wanted[i] ? new float[capacity * output.Size] : null)];
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Ch.CheckParam(column.Index < _active.Length, nameof(column), "the column is not of this cursor's schema");
        return _active[column.Index];
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
    {
        RequireRow();
        value = _ids[_row];
    };

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Ch.CheckParam(IsColumnActive(column), nameof(column), "requested column is not active");
        Delegate getter = _schema.OutputIndex(column.Index) is { } output
            ? OutputGetter.Create(_schema.Mapping.Outputs[output], () => (_outputs[output]!, RequireRow()))
            : _passing[column.Index]!.CreateGetter(RequireRow);
        return getter as ValueGetter<TValue>
            ?? throw Ch.Except($"Column '{column.Name}' is of type {column.Type}; it cannot be read as {typeof(TValue)}.");
    }

    protected override bool MoveNextCore()
    {
        if (++_row < _count)
            return true;
        ReadBatch();
        _row = 0;
        return _count > 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (ColumnBuffer? column in _passing)
                column?.Drop();
            _source.Dispose();
        }
        base.Dispose(disposing);
    }

    private void ReadBatch()
    {
        _limit = Math.Min(_ids.Length, _limit == 0 ? FirstRows : 2 * _limit);
        for (_count = 0; _count < _limit && _source.MoveNext(); _count++)
        {
            _getId(ref _ids[_count]);
            foreach (ColumnBuffer? column in _passing)
                column?.Read(_count);
            _reader?.Read(_input!, _count);
        }
        if (_input is not null && _count > 0)
            _schema.Mapping.Map(_input, _count, _outputs);
    }

    private int RequireRow()
    {
        Ch.Check(IsGood, "A getter was called before MoveNext, or after it returned false.");
        return _row;
    }

    private static int Capacity(MappedSchema schema, IReadOnlyList<DataViewSchema.Column> needed)
    {
        int most = schema.Mapping.BatchRows;
        bool keepsNativeMemory = needed.Any(column =>
            schema.OutputIndex(column.Index) is null && typeof(IDisposable).IsAssignableFrom(column.Type.RawType));
        return keepsNativeMemory ? Math.Min(most, MostDisposableRows) : most;
    }
}
