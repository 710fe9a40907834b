using Microsoft.ML;

namespace Ml.Autoencoders.Tests;

/// <summary>Rows of which values are missing at random.</summary>
internal static class Gaps
{
    /// <summary>The rows with a share of their values made NaN, the same for the same seed. The first row stays whole,
    /// and the last one loses all.</summary>
    public static LabeledRow[] In(LabeledRow[] rows, double share = 0.2, int seed = 3)
    {
        var random = new Random(seed);
        return [.. rows.Select((row, i) => new LabeledRow
        {
            Features = [.. row.Features.Select(x =>
                i > 0 && (i == rows.Length - 1 || random.NextDouble() < share) ? float.NaN : x)],
            Kind = row.Kind,
        })];
    }

    /// <summary>Such rows, whose kind is a key.</summary>
    public static IDataView View(MLContext ml, int count, int seed = 1) =>
        LabeledRows.View(ml, In(LabeledRows.Make(count, seed)));
}
