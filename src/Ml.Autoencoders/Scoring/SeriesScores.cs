using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Scoring;

/// <summary>
/// Makes scores of rows of those of the windows that hold them. Rows come in their order, with the windows that end in
/// them; a row is complete when T - 1 more of its series have come, or the series ends.
/// </summary>
/// <remarks>
/// A window that is the last one of its group, moved by one row, holds the rows of that one but the first. Any other
/// begins a series: it holds the rows without a window right before it, and otherwise only the row that it ends in,
/// because others of its rows may have been left out since.
/// </remarks>
/// <param name="size">Of a window.</param>
/// <param name="kind">What the score of a row is.</param>
internal sealed class SeriesScores(WindowSize size, WindowScore kind)
{
    private readonly Queue<HeldRow> _rows = [];
    private readonly Dictionary<int, Series> _series = [];

    /// <summary>Whether the score of the first row that was not taken is known.</summary>
    public bool IsNextComplete => _rows.TryPeek(out HeldRow? row) && row.IsComplete;

    /// <summary>Takes the next row.</summary>
    /// <param name="window">The window that ends in it; all of its slots are NaN where there is none.</param>
    /// <param name="group">The group that it belongs to.</param>
    /// <param name="score">The score of the window.</param>
    /// <param name="id">The id of the row.</param>
    public void Add(ReadOnlySpan<float> window, int group, float score, DataViewRowId id)
    {
        ref Series? series = ref CollectionsMarshal.GetValueRefOrAddDefault(_series, group, out _);
        series ??= new Series(window.Length);
        bool hasWindow = !WindowColumn.IsMissing(window);
        bool continues = !series.HasWindow
            || (hasWindow && WindowColumn.IsNext(window, series.Window, size.Channels));
        if (!continues)
            series.End();
        var row = new HeldRow(id);
        _rows.Enqueue(row);
        series.Rows.Enqueue(row);
        series.HasWindow = hasWindow;
        if (hasWindow)
        {
            window.CopyTo(series.Window);
            foreach (HeldRow held in series.Rows)
                held.Scores.Add(score);
        }
        if (series.Rows.Count == size.Steps)
            series.Rows.Dequeue().IsComplete = true;
    }

    /// <summary>No more rows come.</summary>
    public void End()
    {
        foreach (Series series in _series.Values)
            series.End();
    }

    /// <summary>The score of the first row that was not taken, which is taken with that, and its id.</summary>
    public (float Score, DataViewRowId Id) Take()
    {
        HeldRow row = _rows.Dequeue();
        return (row.Scores.Of(kind), row.Id);
    }

    /// <summary>The last rows of a group.</summary>
    private sealed class Series(int numbers)
    {
        /// <summary>Fewer than T, which follow each other.</summary>
        public Queue<HeldRow> Rows { get; } = [];

        /// <summary>The last window.</summary>
        public float[] Window { get; } = new float[numbers];

        /// <summary>Whether it ends in the last row.</summary>
        public bool HasWindow { get; set; }

        public void End()
        {
            while (Rows.TryDequeue(out HeldRow? row))
                row.IsComplete = true;
        }
    }
}
