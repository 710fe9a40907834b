using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Rows of 784 numbers that are made when they are read, so that the source takes no memory and
/// does not know their number.
/// </summary>
internal static class RandomRows
{
    public const int Width = 784;

    public static IDataView View(MLContext ml, int count) => ml.Data.LoadFromEnumerable(Make(count));

    private static IEnumerable<Row> Make(int count)
    {
        var random = new Random(1);
        var row = new Row { Pixels = new float[Width] };
        for (int i = 0; i < count; i++)
        {
            for (int slot = 0; slot < Width; slot++)
                row.Pixels[slot] = random.NextSingle();
            yield return row;
        }
    }

    private sealed class Row
    {
        [VectorType(Width)]
        public float[] Pixels { get; set; } = [];
    }
}
