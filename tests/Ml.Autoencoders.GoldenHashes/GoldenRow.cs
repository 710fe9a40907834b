using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.GoldenHashes;

/// <summary>A picture of a tilted bar, bright or dark, in numbers from 0 to 1.</summary>
internal sealed class GoldenRow
{
    public const int Side = 8;
    public const string KindName = nameof(Kind);
    public const string HalfName = nameof(Half);
    private const int Size = Side * Side;
    private const int HalfSize = Size / 2;

    private static readonly string[] Kinds = ["bright", "dark"];

    [VectorType(Size)]
    public float[] Pixels { get; set; } = [];

    /// <summary>The upper half of the picture, to be reconstructed from all of it.</summary>
    [VectorType(HalfSize)]
    public float[] Half { get; set; } = [];

    public string Kind { get; set; } = "";

    /// <summary>Sums, products and square roots alone, which give the same bits everywhere.</summary>
    public static GoldenRow[] Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => One(random, Kinds[i % Kinds.Length]))];
    }

    /// <summary>Rows whose kind is a key.</summary>
    public static IDataView View(MLContext ml, GoldenRow[] rows)
    {
        IDataView keys = ml.Data.LoadFromEnumerable(Kinds.Select(kind => new GoldenRow { Kind = kind }));
        IDataView column = ml.Transforms.SelectColumns(KindName).Fit(keys).Transform(keys);
        IDataView view = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.Conversion.MapValueToKey(KindName, keyData: column).Fit(view).Transform(view);
    }

    /// <summary>Of a row's kind, from 1 on.</summary>
    public uint Key => (uint)Array.IndexOf(Kinds, Kind) + 1;

    private static GoldenRow One(Random random, string kind)
    {
        float slope = 2 * random.NextSingle() - 1;
        float shift = 2 * random.NextSingle() - 1;
        float light = kind == "dark" ? 0.4f : 0.9f;
        float[] pixels = new float[Size];
        for (int i = 0; i < Size; i++)
        {
            float y = i / Side - 3.5f;
            float x = i % Side - 3.5f;
            float distance = y - slope * x - shift;
            pixels[i] = light / (1 + distance * distance) + 0.1f * random.NextSingle();
        }
        return new GoldenRow { Pixels = pixels, Half = pixels[..HalfSize], Kind = kind };
    }
}
