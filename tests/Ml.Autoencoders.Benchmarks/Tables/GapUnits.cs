namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>Columns in units in which filled gaps of all of them can be compared.</summary>
internal sealed class GapUnits
{
    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <param name="learned">The rows to learn from: the means are of the values that are there.</param>
    /// <param name="whole">The same without gaps, which have the deviations.</param>
    public GapUnits(float[][] learned, float[][] whole)
    {
        int columns = whole[0].Length;
        _means = [.. Enumerable.Range(0, columns).Select(slot =>
            learned.Select(row => (double)row[slot]).Where(x => !double.IsNaN(x)).Average())];
        _deviations = [.. Enumerable.Range(0, columns).Select(slot =>
        {
            double mean = whole.Average(row => (double)row[slot]);
            return Math.Sqrt(whole.Average(row => Math.Pow(row[slot] - mean, 2)));
        })];
    }

    /// <summary>A row in these units, in which the mean is 0.</summary>
    public double[] Standardized(float[] row) =>
        [.. row.Select((x, slot) => (x - _means[slot]) / (_deviations[slot] > 0 ? _deviations[slot] : 1))];

    /// <summary>The mean squared error of filled gaps of normal rows, in columns that are not constant.</summary>
    public double Error(float[][] rows, float[][] truth, bool[] isAnomaly, Func<int, double[]> fill)
    {
        (double sum, int count) = (0, 0);
        for (int i = 0; i < rows.Length; i++)
        {
            if (isAnomaly[i])
                continue;
            (double[] filled, double[] known) = (fill(i), Standardized(truth[i]));
            for (int slot = 0; slot < filled.Length; slot++)
            {
                if (!float.IsNaN(rows[i][slot]) || _deviations[slot] == 0)
                    continue;
                sum += Math.Pow(filled[slot] - known[slot], 2);
                count++;
            }
        }
        return sum / count;
    }
}
