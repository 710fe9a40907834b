using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Scoring;

/// <summary>Hands on rows with what is made of their scores, which another cursor reads ahead.</summary>
internal sealed class SeriesScoreCursor : RootCursorBase
{
    private readonly DataViewRowCursor _rows;
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly HashSet<int> _made;
    private readonly Func<DataViewSchema.Column, ScoredColumn> _find;
    private readonly SeriesScoreReader _scores;
    private readonly float[] _value = new float[1];
    private float _score;

    /// <param name="host">The host.</param>
    /// <param name="rows">Everything else. Is disposed with this.</param>
    /// <param name="schema">Of this cursor.</param>
    /// <param name="made">The columns that are made of scores.</param>
    /// <param name="find">What each of these is.</param>
    /// <param name="scores">Is disposed with this.</param>
    public SeriesScoreCursor(IHost host, DataViewRowCursor rows, DataViewSchema schema,
        IReadOnlyList<DataViewSchema.Column> made, Func<DataViewSchema.Column, ScoredColumn> find,
        SeriesScoreReader scores) : base(host)
    {
        _rows = rows;
        _id = rows.GetIdGetter();
        Schema = schema;
        _made = [.. made.Select(column => column.Index)];
        _find = find;
        _scores = scores;
    }

    public override DataViewSchema Schema { get; }

    public override long Batch => _rows.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        _made.Contains(column.Index) || _rows.IsColumnActive(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _rows.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_made.Contains(column.Index))
            return _rows.GetGetter<TValue>(column);
        ScoredColumn made = _find(column);
        return OutputGetter.Create(made.Output, () => (ValueOf(made), 0)) as ValueGetter<TValue>
            ?? throw Ch.Except(
                $"Column '{column.Name}' is of type {column.Type}; it cannot be read as {typeof(TValue)}.");
    }

    protected override bool MoveNextCore()
    {
        if (!_rows.MoveNext())
            return false;
        DataViewRowId id = default;
        _id(ref id);
        if (_scores.Next() is not { } next || !next.Id.Equals(id))
            throw Ch.Except("The rows came in another order, or fewer of them, when they were read for the second " +
                "time. Scores that are made of several windows need data that can be read twice: write it to a file " +
                "first, or use ml.Data.Cache.");
        _score = next.Score;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rows.Dispose();
            _scores.Dispose();
        }
        base.Dispose(disposing);
    }

    private float[] ValueOf(ScoredColumn made)
    {
        Ch.Check(IsGood, "A getter was called before MoveNext, or after it returned false.");
        _value[0] = made.Of(_score);
        return _value;
    }
}
