namespace Ml.Autoencoders.Evaluation;

/// <summary>
/// The window of 11 x 11 pixels, weighted by a Gaussian of 1.5 pixels, that structural similarity looks through.
/// </summary>
internal static class GaussianWindow
{
    public const int Size = 11;

    private const double StandardDeviation = 1.5;

    private static readonly double[] Weights = MakeWeights();

    /// <summary>The weighted mean of every window that lies wholly inside a plane, row by row.</summary>
    public static double[] Means(double[] plane, int width)
    {
        int height = plane.Length / width;
        int across = width - Size + 1;
        int down = height - Size + 1;
        // The weights of the window are the products of those of its row and its column: first along, then down.
        var along = new double[height * across];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < across; column++)
                along[row * across + column] = Sum(plane, row * width + column, 1);
        }
        var means = new double[down * across];
        for (int i = 0; i < means.Length; i++)
            means[i] = Sum(along, i, across);
        return means;
    }

    private static double Sum(double[] values, int start, int step)
    {
        double sum = 0;
        for (int i = 0; i < Size; i++)
            sum += Weights[i] * values[start + i * step];
        return sum;
    }

    private static double[] MakeWeights()
    {
        double[] weights = [.. Enumerable.Range(-(Size / 2), Size)
            .Select(x => Math.Exp(-x * x / (2 * StandardDeviation * StandardDeviation)))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
