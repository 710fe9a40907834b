namespace Ml.Autoencoders.Evaluation;

/// <summary>Sums of squares, added up as doubles.</summary>
internal static class Squares
{
    public static double OfDifferences(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            double difference = (double)left[i] - right[i];
            sum += difference * difference;
        }
        return sum;
    }

    public static double OfDifferences(IReadOnlyList<float[]> left, IReadOnlyList<float[]> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Count; i++)
            sum += OfDifferences(left[i], right[i]);
        return sum;
    }

    public static double OfDeviations(IReadOnlyList<float[]> rows, double[] mean)
    {
        double sum = 0;
        foreach (float[] row in rows)
        {
            for (int i = 0; i < mean.Length; i++)
                sum += (row[i] - mean[i]) * (row[i] - mean[i]);
        }
        return sum;
    }
}
