namespace Ml.Autoencoders.Tests;

/// <summary>A normal distribution in two dimensions, written as what it does to two standard normal numbers.</summary>
internal sealed record Cluster(double Weight, double[] Mean, double[,] Map)
{
    /// <summary>Three that lie apart, of different shares and shapes.</summary>
    public static Cluster[] Three { get; } =
    [
        new(0.5, [0, 0], new[,] { { 1.0, 0 }, { 0.8, 0.6 } }),
        new(0.3, [12, 0], new[,] { { 2.0, 0 }, { 0, 0.5 } }),
        new(0.2, [0, 15], new[,] { { 0.7, 0 }, { -0.7, 1 } }),
    ];

    /// <summary>Map times its mirror image.</summary>
    public double Covariance(int i, int j) => Map[i, 0] * Map[j, 0] + Map[i, 1] * Map[j, 1];

    /// <summary>So many codes, of each cluster exactly its share.</summary>
    public static float[][] Codes(Cluster[] clusters, int count, int seed)
    {
        var random = new Random(seed);
        return [.. clusters.SelectMany(cluster =>
            Enumerable.Range(0, (int)Math.Round(cluster.Weight * count)).Select(_ => cluster.Code(random)))];
    }

    private float[] Code(Random random)
    {
        // The polar method (Marsaglia and Bray 1964): another than the library's.
        double a;
        double b;
        double square;
        do
        {
            a = 2 * random.NextDouble() - 1;
            b = 2 * random.NextDouble() - 1;
            square = a * a + b * b;
        }
        while (square is 0 or >= 1);
        double scale = Math.Sqrt(-2 * Math.Log(square) / square);
        return [.. Mean.Select((mean, i) => (float)(mean + scale * (Map[i, 0] * a + Map[i, 1] * b)))];
    }
}
