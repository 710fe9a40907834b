using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>A labeled row of 12 numbers.</summary>
internal sealed class Row
{
    public const int Size = 12;

    [VectorType(Size)]
    public float[] Features { get; set; } = [];

    public uint Label { get; set; }

    public string Name { get; set; } = "";
}

/// <summary>
/// Small made-up data that an autoencoder can learn: rows near a plane in 12 dimensions, values within [0, 1].
/// </summary>
internal static class Rows
{
    /// <summary>The same seed gives the same rows.</summary>
    public static Row[] Make(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            double a = random.NextDouble();
            double b = random.NextDouble();
            return new Row
            {
                Features = [.. Enumerable.Range(0, Row.Size).Select(j =>
                    (float)Math.Clamp(0.5 + 0.4 * (a - 0.5) * Math.Sin(j + 1) + 0.4 * (b - 0.5) * Math.Cos(2 * j)
                        + 0.01 * random.NextDouble(), 0, 1))],
                Label = a > b ? 1u : 0u,
                Name = $"row {i}",
            };
        })];
    }

    public static IDataView View(MLContext ml, int count, int seed = 1) =>
        ml.Data.LoadFromEnumerable(Make(count, seed));
}
