using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Scoring;

/// <summary>Reads scored windows ahead, as far as it takes to know the scores of rows.</summary>
internal sealed class SeriesScoreReader : IDisposable
{
    private readonly DataViewRowCursor _ahead;
    private readonly ValueGetter<float> _score;
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly VectorReader _window;
    private readonly GroupReader? _group;
    private readonly SeriesScores _scores;
    private readonly float[] _room;
    private bool _isAtEnd;

    /// <param name="context">For errors.</param>
    /// <param name="ahead">Is disposed with this.</param>
    /// <param name="score">The column of the scores of windows.</param>
    /// <param name="window">That of the windows.</param>
    /// <param name="group">That of the groups; null where there are none.</param>
    /// <param name="model">What windows and scores are.</param>
    public SeriesScoreReader(IExceptionContext context, DataViewRowCursor ahead, DataViewSchema.Column score,
        DataViewSchema.Column window, DataViewSchema.Column? group, ModelDefinition model)
    {
        _ahead = ahead;
        _score = ahead.GetGetter<float>(score);
        _id = ahead.GetIdGetter();
        _window = VectorReader.Of(ahead, window);
        _group = group is { } column ? new GroupReader(context, ahead, column, new GroupNumbers()) : null;
        _scores = new SeriesScores(model.Window!, model.WindowScore);
        _room = new float[model.Window!.Count];
    }

    /// <summary>The score of the next row, and its id; null where there are no more rows.</summary>
    public (float Score, DataViewRowId Id)? Next()
    {
        while (!_scores.IsNextComplete)
        {
            if (_isAtEnd)
                return null;
            _isAtEnd = !_ahead.MoveNext();
            if (_isAtEnd)
                _scores.End();
            else
                Add();
        }
        return _scores.Take();
    }

    public void Dispose() => _ahead.Dispose();

    private void Add()
    {
        float score = 0;
        _score(ref score);
        DataViewRowId id = default;
        _id(ref id);
        _window.Read(_room);
        _scores.Add(_room, _group?.Read() ?? 0, score, id);
    }
}
