using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>A small picture with a label.</summary>
internal sealed class FuzzRow
{
    public const int Side = 8;

    [VectorType(1, Side, Side)]
    public float[] Features { get; set; } = [];

    public string Kind { get; set; } = "";

    /// <summary>The same seed gives the same rows: shades from one corner to the other.</summary>
    public static FuzzRow[] Make(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            (double corner, double right, double down) =
                (random.NextDouble(), random.NextDouble(), random.NextDouble());
            return new FuzzRow
            {
                Features =
                    [.. Enumerable.Range(0, Side * Side).Select(pixel =>
                    (float)((corner + right * (pixel % Side) / Side + down * (pixel / Side) / Side) / 3))],
                Kind = i % 2 == 0 ? "even" : "odd",
            };
        })];
    }
}
