using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>Rows of two numbers and three categories, one of which is yes or no, in one vector as ML.NET makes
/// it.</summary>
internal static class MixedRows
{
    /// <summary>The slots: two numbers, three classes, four classes, one.</summary>
    public const int Size = 10;

    /// <summary>
    /// In the same order for the same seed. The second category follows the first, and a number both.
    /// </summary>
    public static Sale[] Make(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            // Each class is among the first rows, so that any fit knows them all.
            int region = i < 4 ? i % 3 : random.Next(3);
            int product = i < 4 ? i : (region + random.Next(2)) % 4;
            return new Sale
            {
                Region = $"r{region}",
                Product = $"p{product}",
                IsNew = product == 2 ? 1 : 0,
                Numbers = [region + product + random.NextSingle(), 10 * random.NextSingle() - 5],
            };
        })];
    }

    /// <summary>From rows to the column <c>Features</c> with its categories noted.</summary>
    public static IEstimator<ITransformer> Vector(MLContext ml) => ml.Transforms.Categorical.OneHotEncoding(
        [new(nameof(Sale.Region)), new(nameof(Sale.Product))], keyOrdinality:
            Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
        .Append(ml.Transforms.Concatenate("Features", nameof(Sale.Numbers), nameof(Sale.Region), nameof(Sale.Product),
            nameof(Sale.IsNew)));

    /// <summary>Rows with their vector. Encoders are fitted to the same rows every time.</summary>
    public static IDataView View(MLContext ml, Sale[] rows) =>
        Vector(ml).Fit(ml.Data.LoadFromEnumerable(Make(50))).Transform(ml.Data.LoadFromEnumerable(rows));

    /// <summary>The vectors of such rows.</summary>
    public static float[][] VectorsOf(MLContext ml, Sale[] rows) =>
        [.. View(ml, rows).GetColumn<float[]>("Features")];
}

internal sealed class Sale
{
    [VectorType(2)]
    public float[] Numbers { get; set; } = [];

    public string Region { get; set; } = "";

    public string Product { get; set; } = "";

    public float IsNew { get; set; }
}
