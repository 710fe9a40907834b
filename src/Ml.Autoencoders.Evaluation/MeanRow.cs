namespace Ml.Autoencoders.Evaluation;

/// <summary>The mean of rows.</summary>
internal static class MeanRow
{
    public static double[] Of(IReadOnlyList<float[]> rows)
    {
        var mean = new double[rows[0].Length];
        foreach (float[] row in rows)
        {
            for (int i = 0; i < mean.Length; i++)
                mean[i] += row[i];
        }
        for (int i = 0; i < mean.Length; i++)
            mean[i] /= rows.Count;
        return mean;
    }
}
