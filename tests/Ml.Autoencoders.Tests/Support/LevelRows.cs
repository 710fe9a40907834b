using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>
/// Rows of two labels: the label says at which level the numbers lie, and nothing of how they swing about it.
/// </summary>
internal static class LevelRows
{
    public const string Low = "low";
    public const string High = "high";

    private static readonly string[] Labels = [Low, High];

    /// <summary>The mean of the numbers of a label's rows.</summary>
    public static double LevelOf(string label) => label == Low ? 0.3 : 0.7;

    /// <summary>How far a row swings about its level: 0.2 at most, either way.</summary>
    public static double SwingOf(float[] row) => row.Select((value, j) => value * Sign(j)).Average();

    public static LevelRow[] Make(int count, int seed = 1, params string[] labels)
    {
        var random = new Random(seed);
        string[] used = labels.Length == 0 ? Labels : labels;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            string label = used[i % used.Length];
            double swing = 0.4 * random.NextDouble() - 0.2;
            return new LevelRow
            {
                Features = [.. Enumerable.Range(0, Row.Size)
                    .Select(j => (float)(LevelOf(label) + Sign(j) * swing + 0.01 * (random.NextDouble() - 0.5)))],
                Level = label,
            };
        })];
    }

    /// <summary>
    /// With the label as a key, <c>Level</c>, that has the values of both labels whichever rows there are.
    /// </summary>
    public static IDataView Keyed(MLContext ml, LevelRow[] rows)
    {
        IDataView both = ml.Data.LoadFromEnumerable(Make(2));
        return ml.Transforms.Conversion.MapValueToKey("Level").Fit(both).Transform(ml.Data.LoadFromEnumerable(rows));
    }

    private static int Sign(int slot) => slot % 2 == 0 ? 1 : -1;

    internal sealed class LevelRow
    {
        [VectorType(Row.Size)]
        public float[] Features { get; set; } = [];

        public string Level { get; set; } = "";
    }
}
