namespace Ml.Autoencoders.Evaluation.Series;

/// <summary>Precision and recall of single rows at every threshold that tells scores apart.</summary>
internal static class PrecisionRecall
{
    /// <summary>Σ (R(n) - R(n - 1)) P(n).</summary>
    public static double Area(ScoredSeries series)
    {
        double area = 0;
        int before = 0;
        foreach ((_, int flagged, int right) in Thresholds(series))
        {
            area += (double)(right - before) / series.AnomalousRows * right / flagged;
            before = right;
        }
        return area;
    }

    /// <summary>The highest F1, and the lowest score that is flagged for it.</summary>
    public static (double F1, float Lowest) Best(ScoredSeries series)
    {
        (double F1, float Lowest) best = (-1, 0);
        foreach ((float lowest, int flagged, int right) in Thresholds(series))
        {
            double f1 = 2.0 * right / (flagged + series.AnomalousRows);
            if (f1 > best.F1)
                best = (f1, lowest);
        }
        return best;
    }

    /// <summary>For each score, from the highest: how many rows reach it, how many of those are anomalies.</summary>
    private static IEnumerable<(float Lowest, int Flagged, int Right)> Thresholds(ScoredSeries series)
    {
        int[] rows = series.Descending;
        int right = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            right += series.Labels[rows[i]] ? 1 : 0;
            float score = series.Scores[rows[i]];
            // Rows with one score are flagged together.
            if (i + 1 == rows.Length || series.Scores[rows[i + 1]] != score)
                yield return (score, i + 1, right);
        }
    }
}
