namespace Ml.Autoencoders.Tests.Evaluation;

/// <summary>Volumes under the surface by going through all rows for each threshold at each width.</summary>
internal static class LiteralVolumes
{
    /// <param name="scores">Scores, or NaN.</param>
    /// <param name="labels">Labels.</param>
    /// <param name="lengths">Rows of each series.</param>
    /// <param name="window">The greatest width.</param>
    public static (double PrecisionRecall, double Roc) Of(float[] scores, bool[] labels, int[] lengths, int window)
    {
        (double PrecisionRecall, double Roc)[] areas =
            [.. Enumerable.Range(0, window + 1).Select(width => Areas(scores, labels, lengths, width))];
        return (areas.Average(area => area.PrecisionRecall), areas.Average(area => area.Roc));
    }

    private static (double PrecisionRecall, double Roc) Areas(float[] scores, bool[] labels, int[] lengths, int width)
    {
        (double[] widened, List<(int From, int To)> areas) = Widen(scores, labels, lengths, width);
        float[] sorted = [.. scores.Where(score => !float.IsNaN(score)).OrderDescending()];
        double positives = labels.Where((label, i) => label && !float.IsNaN(scores[i])).Count();
        List<(double Recall, double Alarms, double Precision)> curve = [(0, 0, 1)];
        double step = (sorted.Length - 1) / 249.0;
        for (int i = 0; i < 250; i++)
        {
            float threshold = sorted[i == 249 ? sorted.Length - 1 : (int)(i * step)];
            int[] flagged = [.. Enumerable.Range(0, scores.Length).Where(row => scores[row] >= threshold)];
            double hits = flagged.Sum(row => widened[row]);
            double within = positives + flagged.Where(row => !labels[row]).Sum(row => widened[row]);
            double wanted = (positives + within) / 2;
            double touched = areas.Count(area => Array.Exists(flagged, row => row >= area.From && row <= area.To));
            curve.Add((Math.Min(hits / wanted, 1) * touched / areas.Count,
                (flagged.Length - hits) / (sorted.Length - wanted), hits / flagged.Length));
        }
        double precisionRecall = 0;
        for (int i = 1; i < curve.Count; i++)
            precisionRecall += (curve[i].Recall - curve[i - 1].Recall) * curve[i].Precision;
        curve.Add((1, 1, 0));
        double roc = 0;
        for (int i = 1; i < curve.Count; i++)
            roc += (curve[i].Alarms - curve[i - 1].Alarms) * (curve[i].Recall + curve[i - 1].Recall) / 2;
        return (precisionRecall, roc);
    }

    /// <summary>Labels of all rows, and the ranges of rows that are one anomaly each.</summary>
    private static (double[] Labels, List<(int From, int To)> Areas) Widen(float[] scores, bool[] labels,
        int[] lengths, int width)
    {
        double[] widened = new double[labels.Length];
        List<(int From, int To)> areas = [];
        int begin = 0;
        foreach (int length in lengths)
        {
            int end = begin + length - 1;
            bool isFirst = true;
            for (int first = begin; first <= end; first++)
            {
                if (!labels[first] || (first > begin && labels[first - 1]))
                    continue;
                int last = first;
                while (last < end && labels[last + 1])
                    last++;
                if (scores[first..(last + 1)].All(float.IsNaN))
                    continue;
                int half = width / 2;
                for (int row = Math.Max(first - half, begin); row <= Math.Min(last + half, end); row++)
                {
                    int distance = Math.Max(Math.Max(first - row, row - last), 0);
                    widened[row] += distance == 0 ? 1 : Math.Sqrt(1 - (double)distance / width);
                }
                if (!isFirst && areas[^1].To >= first - half)
                    areas[^1] = (areas[^1].From, last + half);
                else
                    areas.Add((first - half, last + half));
                isFirst = false;
            }
            // What reaches beyond a series meets nothing there.
            for (int i = 0; i < areas.Count; i++)
            {
                if (areas[i].To >= begin)
                    areas[i] = (Math.Max(areas[i].From, begin), Math.Min(areas[i].To, end));
            }
            begin = end + 1;
        }
        return (Array.ConvertAll(widened, label => Math.Min(label, 1)), areas);
    }
}
