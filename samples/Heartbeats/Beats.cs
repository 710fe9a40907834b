namespace Heartbeats;

/// <summary>
/// Heartbeats by rules of thumb, to judge alarms by: the recording has no labels. A beat that comes early from a
/// ventricle is wide, because it spreads from muscle to muscle; a normal one is a narrow peak.
/// </summary>
internal static class Beats
{
    private const float LowestPeak = 0.7f;
    private const double ApartSeconds = 0.2;

    /// <summary>Widths at half of the height, in seconds. What lies between is counted as neither.</summary>
    private const double Narrowest = 0.055;
    private const double Widest = 0.068;

    /// <summary>The places of the peaks of narrow beats, and of wide ones.</summary>
    /// <param name="millivolts">The recording.</param>
    /// <param name="rate">Its rows per second.</param>
    public static (IReadOnlyList<int> Narrow, IReadOnlyList<int> Wide) Of(IReadOnlyList<float> millivolts, double rate)
    {
        List<int> narrow = [];
        List<int> wide = [];
        int apart = (int)(ApartSeconds * rate);
        for (int i = apart; i < millivolts.Count - apart; i++)
        {
            if (millivolts[i] < LowestPeak || !IsPeak(millivolts, i, apart))
                continue;
            double width = (Reach(millivolts, i, 1) + Reach(millivolts, i, -1)) / rate;
            if (width <= Narrowest)
                narrow.Add(i);
            else if (width > Widest)
                wide.Add(i);
        }
        return (narrow, wide);
    }

    /// <summary>Of equal values side by side, the first is the peak.</summary>
    private static bool IsPeak(IReadOnlyList<float> values, int at, int apart) =>
        Enumerable.Range(1, apart).All(k => values[at - k] < values[at] && values[at + k] <= values[at]);

    /// <summary>Rows from a peak to where a line between rows is at half of its height.</summary>
    private static double Reach(IReadOnlyList<float> values, int peak, int step)
    {
        float half = values[peak] / 2;
        int at = peak;
        while (at > 0 && at < values.Count - 1 && values[at] > half)
            at += step;
        float before = values[at - step];
        return Math.Abs(at - peak) - (before > half ? (half - values[at]) / (before - values[at]) : 0);
    }
}
