using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>A row of a table whose numbers need a normalizer.</summary>
internal sealed class Reading
{
    [VectorType(3)]
    public float[] Numbers { get; set; } = [];

    [VectorType(2)]
    public float[] More { get; set; } = [];

    public string Kind { get; set; } = "";

    public float Late { get; set; }

    /// <summary>Hundreds and thousands beside numbers around 1.</summary>
    public static Reading[] Make(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Reading
        {
            Numbers =
                [500 + 100 * random.NextSingle(), 4000 + 900 * random.NextSingle(), -300 + 50 * random.NextSingle()],
            More = [random.NextSingle(), random.NextSingle()],
            Kind = i % 2 == 0 ? "high" : "low",
            Late = i,
        })];
    }
}
