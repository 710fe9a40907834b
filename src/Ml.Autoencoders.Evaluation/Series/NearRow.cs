namespace Ml.Autoencoders.Evaluation.Series;

/// <summary>A normal row near an anomaly.</summary>
/// <param name="Row">Which.</param>
/// <param name="Distance">Rows to the nearest anomaly.</param>
/// <param name="Second">Rows to the next nearest; <see cref="int.MaxValue"/> where it is too far away to
/// matter.</param>
internal readonly record struct NearRow(int Row, int Distance, int Second)
{
    /// <summary>The rows with a score that are up to <paramref name="reach"/> rows from an anomaly, the nearest
    /// first.</summary>
    public static NearRow[] Find(ScoredSeries series, int reach)
    {
        var near = new Dictionary<int, NearRow>();
        foreach (SeriesEvent each in series.Events)
        {
            for (int k = 1; k <= reach; k++)
            {
                if (each.First - k >= each.From)
                    Meet(each.First - k, k);
                if (each.Last + k <= each.To)
                    Meet(each.Last + k, k);
            }
        }
        return [.. near.Values.OrderBy(row => row.Distance)];

        void Meet(int row, int distance)
        {
            if (series.Labels[row] || !series.HasScore(row))
                return;
            near[row] = near.TryGetValue(row, out NearRow known)
                ? known.With(distance)
                : new NearRow(row, distance, int.MaxValue);
        }
    }

    private NearRow With(int distance) => distance < Distance
        ? new NearRow(Row, distance, Distance)
        : this with { Second = Math.Min(Second, distance) };
}
