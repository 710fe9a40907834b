using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>Waves of 64 numbers, an 8 x 8 picture, from 0 to a greatest: rows as they come without any
/// scaling.</summary>
internal static class UnscaledRows
{
    public const int Size = 64;

    public static IDataView View(MLContext ml, float greatest, int count = 256)
    {
        var random = new Random(4);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ =>
        {
            double phase = 6 * random.NextDouble();
            return new UnscaledRow
            {
                Features = [.. Enumerable.Range(0, Size)
                    .Select(j => greatest * (float)(0.5 + 0.5 * Math.Sin(phase + 0.3 * j)))],
            };
        }).ToArray());
    }
}

/// <summary>One of them.</summary>
internal sealed class UnscaledRow
{
    [VectorType(UnscaledRows.Size)]
    public float[] Features { get; set; } = [];
}
