namespace Ml.Autoencoders.Evaluation;

/// <summary>
/// What trustworthiness and continuity are made of. Looks at one row at a time: memory grows with the
/// rows, not with their square.
/// </summary>
internal static class Neighborhoods
{
    /// <summary>
    /// Trustworthiness of <paramref name="codes"/>, see <see cref="EmbeddingQuality.Trustworthiness"/>.
    /// </summary>
    public static double WithoutIntruders(float[][] rows, float[][] codes, int neighbors)
    {
        double n = rows.Length;
        double k = neighbors;
        // Whole numbers, so that the sum does not depend on the order that threads add in.
        long penalty = 0;
        Parallel.For(0, rows.Length, i => Interlocked.Add(ref penalty, Penalty(rows, codes, neighbors, i)));
        return 1 - 2 / (n * k * (2 * n - 3 * k - 1)) * penalty;
    }

    private static long Penalty(float[][] rows, float[][] codes, int neighbors, int i)
    {
        float[] far = Distances(rows, i);
        long penalty = 0;
        foreach (int j in Nearest.Of(Distances(codes, i), neighbors))
            penalty += Math.Max(0, Rank(far, j) - neighbors);
        return penalty;
    }

    /// <summary>1 for the nearest.</summary>
    private static int Rank(float[] distances, int j)
    {
        int rank = 1;
        for (int other = 0; other < distances.Length; other++)
        {
            if (distances[other] < distances[j] || (distances[other] == distances[j] && other < j))
                rank++;
        }
        return rank;
    }

    /// <summary>To every row; to itself infinitely far, as a row is not its own neighbor.</summary>
    private static float[] Distances(float[][] rows, int i)
    {
        var distances = new float[rows.Length];
        for (int j = 0; j < distances.Length; j++)
            distances[j] = Distance.Between(rows[i], rows[j]);
        distances[i] = float.PositiveInfinity;
        return distances;
    }
}
