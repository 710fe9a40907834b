using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Windows;

/// <summary>Makes windows of the rows of its source, one by one, and holds no more than the windows need.</summary>
internal sealed class WindowCursor : LinkedRootCursorBase
{
    private readonly WindowSchema _schema;
    private readonly bool[] _active;

    /// <summary>Null where nobody reads windows: then their columns are not read, nor times checked.</summary>
    private readonly WindowReader? _reader;

    /// <summary>What a row was refused with. There is no row then, and none after it.</summary>
    private ExceptionDispatchInfo? _failure;

    /// <param name="host">The host.</param>
    /// <param name="source">Is disposed with this.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="needed">The columns that are read.</param>
    public WindowCursor(IHost host, DataViewRowCursor source, WindowSchema schema,
        IReadOnlyList<DataViewSchema.Column> needed)
        : base(host, source)
    {
        _schema = schema;
        _active = new bool[schema.Output.Count];
        foreach (DataViewSchema.Column column in needed)
            _active[column.Index] = true;
        if (needed.Any(column => schema.IsWindow(column.Index)))
            _reader = new WindowReader(source, schema);
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Batch => Input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Ch.CheckParam(column.Index < _active.Length, nameof(column), "the column is not of this cursor's schema");
        return _active[column.Index];
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Ch.CheckParam(IsColumnActive(column), nameof(column), "requested column is not active");
        if (!_schema.IsWindow(column.Index))
            return Input.GetGetter<TValue>(_schema.Input[column.Index]);
        ValueGetter<VBuffer<float>> getter = Get;
        return getter as ValueGetter<TValue>
            ?? throw Ch.Except(
                $"Column '{column.Name}' is of type {column.Type}; it cannot be read as {typeof(TValue)}.");
    }

    protected override bool MoveNextCore()
    {
        _failure?.Throw();
        try
        {
            if (!Input.MoveNext())
                return false;
            _reader?.Step();
            return true;
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    private void Get(ref VBuffer<float> window)
    {
        _failure?.Throw();
        Ch.Check(IsGood, "A getter was called before MoveNext, or after it returned false.");
        _reader!.Get(ref window);
    }
}
