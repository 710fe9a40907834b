using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Scoring;

/// <summary>
/// Maps the rows of its source a batch at a time, and hands them on one by one. Once a reader has shown that it keeps
/// reading, batches are prepared ahead of it (see <see cref="ReadAhead"/>).
/// </summary>
internal sealed class BatchedCursor : RootCursorBase
{
    /// <summary>Batches before the source is read ahead of what is requested.</summary>
    private const int BatchesOnDemand = 2;

    private readonly BatchSource _source;
    private readonly MappedSchema _schema;
    private readonly bool[] _active;
    private readonly bool _mayReadAhead;
    private CursorBatch _batch;
    private ReadAhead? _ahead;

    /// <summary>What the source or the mapping threw. There is no row then, and none after it.</summary>
    private ExceptionDispatchInfo? _failure;

    private int _batches;
    private int _row;

    /// <param name="host">The host.</param>
    /// <param name="source">Is disposed with this.</param>
    /// <param name="schema">What is read and mapped.</param>
    /// <param name="needed">The columns that are.</param>
    /// <param name="mayReadAhead">Whether other threads may work for this cursor, which they should not where it is one
    /// of several.</param>
    public BatchedCursor(IHost host, DataViewRowCursor source, MappedSchema schema,
        IReadOnlyList<DataViewSchema.Column> needed, bool mayReadAhead)
        : base(host)
    {
        _schema = schema;
        _active = new bool[schema.Output.Count];
        foreach (DataViewSchema.Column column in needed)
            _active[column.Index] = true;
        _source = new BatchSource(source, schema, needed);
        _mayReadAhead = mayReadAhead && _source.Workers > 0;
        _batch = _source.CreateBatch(0);
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Batch => _row < _batch.Count ? _batch.SourceBatches[_row] : 0;

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Ch.CheckParam(column.Index < _active.Length, nameof(column), "the column is not of this cursor's schema");
        return _active[column.Index];
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
        value = _batch.Ids[RequireRow()];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Ch.CheckParam(IsColumnActive(column), nameof(column), "requested column is not active");
        Delegate getter = _schema.OutputIndex(column.Index) is { } output
            ? OutputGetter.Create(_schema.Mapping.Outputs[output], () => (_batch.Outputs[output]!, RequireRow()))
            : _source.Passing(column.Index).CreateGetter(() => new BatchPlace(_batch.Slot, RequireRow()));
        return getter as ValueGetter<TValue>
            ?? throw Ch.Except(
                $"Column '{column.Name}' is of type {column.Type}; it cannot be read as {typeof(TValue)}.");
    }

    protected override bool MoveNextCore()
    {
        _failure?.Throw();
        try
        {
            return MoveOn();
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ahead?.Dispose();
            _source.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool MoveOn()
    {
        if (++_row < _batch.Count)
            return true;
        _row = 0;
        if (_mayReadAhead && _batches++ >= BatchesOnDemand)
            return TakeBatch();
        _source.Read(_batch);
        _source.Map(_batch);
        return _batch.Count > 0;
    }

    private bool TakeBatch()
    {
        _ahead ??= new ReadAhead(_source, _batch);
        if (_ahead.Take() is not { } taken)
            return false;
        _batch = taken;
        return taken.Count > 0;
    }

    private int RequireRow()
    {
        _failure?.Throw();
        Ch.Check(IsGood, "A getter was called before MoveNext, or after it returned false.");
        return _row;
    }
}
