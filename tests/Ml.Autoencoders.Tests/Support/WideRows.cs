using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>A row of 320 numbers with some of its own to be reconstructed, and a kind.</summary>
internal sealed class WideRow
{
    [VectorType(WideRows.Size)]
    public float[] Features { get; set; } = [];

    [VectorType(WideRows.TargetSize)]
    public float[] Target { get; set; } = [];

    public string Kind { get; set; } = "";
}

/// <summary>
/// Rows so wide that a few hundred are more than the least memory that a fit can be given for rows: they lie near a
/// plane, within [0, 1], and come in the order of their first coordinate.
/// </summary>
internal static class WideRows
{
    public const int Size = 320;
    public const int TargetSize = 5;

    /// <summary>More than 1 MiB, the memory that <see cref="Streaming"/> gives.</summary>
    public const int Many = 1000;

    /// <summary>How these are trained on without ever having all of them.</summary>
    public static TrainingOptions Streaming(int epochs = 3, float validationFraction = 0) =>
        Training(epochs, megabytes: 1, validationFraction);

    public static TrainingOptions Training(int epochs = 3, int megabytes = 64, float validationFraction = 0) => new()
    {
        Epochs = epochs,
        BatchSize = 100,
        LearningRate = 1e-2f,
        Seed = 7,
        RowMemoryMegabytes = megabytes,
        ValidationFraction = validationFraction,
    };

    public static WideRow[] Make(int count = Many, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            double a = (i + 0.5) / count;
            double b = random.NextDouble();
            float[] features = [.. Enumerable.Range(0, Size).Select(j =>
                (float)(0.5 + 0.4 * (a - 0.5) * Math.Sin(j + 1) + 0.4 * (b - 0.5) * Math.Cos(2 * j)
                    + 0.01 * random.NextDouble()))];
            return new WideRow
            {
                Features = features,
                Target = features[..TargetSize],
                Kind = a < 0.5 ? "low" : "high",
            };
        })];
    }

    /// <summary>A data view that neither shuffles nor knows how many rows it has.</summary>
    public static IDataView View(MLContext ml, IEnumerable<WideRow> rows) =>
        ml.Data.LoadFromEnumerable(rows.Select(row => row));

    public static IDataView View(MLContext ml, int count = Many) => View(ml, Make(count));

    /// <summary>As <see cref="View(MLContext, int)"/>, whose kind is a key.</summary>
    public static IDataView Keyed(MLContext ml)
    {
        IDataView rows = View(ml);
        return ml.Transforms.Conversion.MapValueToKey("Kind").Fit(rows).Transform(rows);
    }
}
