namespace Ml.Autoencoders.Codes;

/// <summary>
/// Centers that are spread over the codes: each next one is a code drawn in proportion to its squared distance from the
/// nearest center so far (Arthur and Vassilvitskii 2007, "k-means++", section 2.2).
/// </summary>
internal static class KMeansPlusPlus
{
    /// <summary>The number of the nearest center for each code.</summary>
    public static int[] Assign(float[][] codes, int centers, Random random)
    {
        var nearest = new int[codes.Length];
        var distances = new double[codes.Length];
        // The first center is any code: where there is none yet, no code is farther from it than another.
        Array.Fill(distances, 1);
        for (int center = 0; center < centers; center++)
        {
            float[] chosen = codes[random.NextIndex(distances)];
            for (int n = 0; n < codes.Length; n++)
            {
                double distance = SquaredDistance(codes[n], chosen);
                if (center > 0 && distance >= distances[n])
                    continue;
                nearest[n] = center;
                distances[n] = distance;
            }
        }
        return nearest;
    }

    private static double SquaredDistance(float[] one, float[] other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            double difference = (double)one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }
}
