namespace Ml.Autoencoders.Evaluation.Series;

/// <summary>Scores beside labels, of one series or of several, one after the other.</summary>
/// <remarks>A row without a score, NaN, keeps its place, so that distances are those of the rows, and counts for
/// nothing else.</remarks>
internal sealed class ScoredSeries
{
    /// <param name="scores">A score for each row, or NaN.</param>
    /// <param name="labels">Whether each row is an anomaly.</param>
    /// <param name="lengths">Rows of each series, which add up to all.</param>
    public ScoredSeries(float[] scores, bool[] labels, params IEnumerable<int> lengths)
    {
        Scores = scores;
        Labels = labels;
        Descending = Order(scores);
        AnomalousRows = Descending.Count(row => labels[row]);
        Events = FindEvents(lengths);
    }

    public float[] Scores { get; }

    public bool[] Labels { get; }

    /// <summary>The rows that have a score, from the highest to the lowest.</summary>
    public int[] Descending { get; }

    /// <summary>How many of those are anomalies.</summary>
    public int AnomalousRows { get; }

    /// <summary>The anomalies of which a row has a score.</summary>
    public SeriesEvent[] Events { get; }

    public bool HasScore(int row) => !float.IsNaN(Scores[row]);

    /// <summary>The share of anomalies in which a row has a score above a threshold.</summary>
    public double EventRecall(float threshold) => (double)Events.Count(each =>
        Scores.AsSpan(each.First, each.Last - each.First + 1).ContainsAnyInRange(
            MathF.BitIncrement(threshold), float.MaxValue)) / Events.Length;

    private static int[] Order(float[] scores)
    {
        int[] rows = [.. Enumerable.Range(0, scores.Length).Where(row => !float.IsNaN(scores[row]))];
        float[] keys = Array.ConvertAll(rows, row => -scores[row]);
        Array.Sort(keys, rows);
        return rows;
    }

    private SeriesEvent[] FindEvents(IEnumerable<int> lengths)
    {
        var events = new List<SeriesEvent>();
        int from = 0;
        foreach (int length in lengths)
        {
            int end = from + length;
            for (int first = from; first < end; first++)
            {
                if (!Labels[first])
                    continue;
                int last = first;
                while (last + 1 < end && Labels[last + 1])
                    last++;
                if (Enumerable.Range(first, last - first + 1).Any(HasScore))
                    events.Add(new SeriesEvent(first, last, from, end - 1));
                first = last;
            }
            from = end;
        }
        return [.. events];
    }
}
