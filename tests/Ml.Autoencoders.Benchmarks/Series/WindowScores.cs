using System.Numerics.Tensors;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>Scores of all windows of a series, one a row apart.</summary>
/// <param name="Scores">By the row in which they begin.</param>
/// <param name="Length">Rows of a window.</param>
internal sealed record WindowScores(float[] Scores, int Length)
{
    /// <summary>A score for each row of the series; NaN for a row that has none.</summary>
    public float[] Rows(WindowWay way) =>
        [.. Enumerable.Range(0, Scores.Length + Length - 1).Select(row => Row(row, way))];

    private float Row(int row, WindowWay way)
    {
        int first = Math.Max(0, row - Length + 1);
        ReadOnlySpan<float> holding = Scores.AsSpan(first..(Math.Min(row, Scores.Length - 1) + 1));
        return way switch
        {
            WindowWay.Last => row < Length - 1 ? float.NaN : Scores[row - Length + 1],
            WindowWay.Middle => Scores[Math.Clamp(row - Length / 2, 0, Scores.Length - 1)],
            WindowWay.Mean => TensorPrimitives.Sum(holding) / holding.Length,
            _ => TensorPrimitives.Max(holding),
        };
    }
}
