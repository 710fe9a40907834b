namespace Heartbeats;

/// <summary>From scores of rows to alarms.</summary>
internal static class Alarms
{
    /// <summary>The stretches of a series whose scores are above a threshold. Those with fewer rows in between than a
    /// number are one.</summary>
    /// <param name="rows">The places of the rows of the series.</param>
    /// <param name="scores">By place; NaN where a row has none.</param>
    /// <param name="threshold">What scores must be above.</param>
    /// <param name="apart">Rows from one alarm to the next, at least.</param>
    public static IReadOnlyList<Alarm> Of(IReadOnlyList<int> rows, IReadOnlyList<float> scores, float threshold,
        int apart)
    {
        List<Alarm> alarms = [];
        int last = int.MinValue;
        for (int i = 0; i < rows.Count; i++)
        {
            int row = rows[i];
            float score = scores[row];
            // A row without a score raises no alarm: NaN is not above any number.
            if (!(score > threshold))
                continue;
            if (alarms.Count > 0 && i - last <= apart)
            {
                Alarm before = alarms[^1];
                alarms[^1] = score > before.Score ? before with { Last = row, Peak = row, Score = score }
                    : before with { Last = row };
            }
            else
            {
                alarms.Add(new Alarm(row, row, row, score));
            }
            last = i;
        }
        return alarms;
    }
}
