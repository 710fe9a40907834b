namespace Ml.Autoencoders.Tests.Windows;

/// <summary>Windows as their definition says, row by row, without any state.</summary>
internal static class WindowOracle
{
    /// <param name="rows">All rows.</param>
    /// <param name="length">Rows of a window.</param>
    /// <param name="numbers">Those of a row.</param>
    /// <param name="maxGap">In seconds.</param>
    /// <param name="repeatsFirst">Whether missing rows are copies of the first.</param>
    public static float[][] Of(SeriesRow[] rows, int length, Func<SeriesRow, float[]> numbers,
        double maxGap = double.PositiveInfinity, bool repeatsFirst = false)
    {
        return [.. Enumerable.Range(0, rows.Length).Select(Window)];

        float[] Window(int end)
        {
            var series = new List<SeriesRow>();
            for (int i = 0; i <= end; i++)
            {
                if (rows[i].Pump != rows[end].Pump)
                    continue;
                if (series.Count > 0 && rows[i].Seconds - series[^1].Seconds > maxGap)
                    series.Clear();
                series.Add(rows[i]);
            }
            if (series.Count < length && !repeatsFirst)
                return [.. Enumerable.Repeat(float.NaN, length * numbers(rows[end]).Length)];
            return [.. Enumerable.Range(series.Count - length, length)
                .SelectMany(i => numbers(series[Math.Max(i, 0)]))];
        }
    }
}
