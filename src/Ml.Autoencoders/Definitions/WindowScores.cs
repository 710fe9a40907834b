namespace Ml.Autoencoders.Definitions;

/// <summary>The scores of the windows that hold a row, as they come.</summary>
internal struct WindowScores
{
    private double _sum;
    private float _greatest;
    private int _count;

    /// <summary>Whether scores of rows are made of those of several windows, so that they are known later.</summary>
    public static bool AreOfSeveral(WindowScore kind) => kind is WindowScore.Mean or WindowScore.Maximum;

    /// <summary>Takes the score of a window. One that is missing does not count.</summary>
    public void Add(float score)
    {
        if (float.IsNaN(score))
            return;
        _greatest = _count == 0 ? score : Math.Max(_greatest, score);
        _sum += score;
        _count++;
    }

    /// <summary>The score of the row: NaN where no window holds it.</summary>
    public readonly float Of(WindowScore kind) =>
        _count == 0 ? float.NaN : kind == WindowScore.Maximum ? _greatest : (float)(_sum / _count);

    /// <summary>The scores of the rows of series that windows hold.</summary>
    /// <param name="scores">Of the windows.</param>
    /// <param name="starts">Where each of them starts.</param>
    /// <param name="steps">Steps of a window, T.</param>
    /// <param name="kind">What the score of a row is.</param>
    public static float[] OfRows(ReadOnlySpan<float> scores, ReadOnlySpan<long> starts, int steps, WindowScore kind)
    {
        long rows = 0;
        foreach (long start in starts)
            rows = Math.Max(rows, start + steps);
        var collected = new WindowScores[rows];
        for (int window = 0; window < scores.Length; window++)
        {
            foreach (ref WindowScores row in collected.AsSpan((int)starts[window], steps))
                row.Add(scores[window]);
        }
        return [.. collected.Where(row => row._count > 0).Select(row => row.Of(kind))];
    }
}
