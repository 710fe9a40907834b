using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>A row of 12 numbers with a label in words.</summary>
internal sealed class LabeledRow
{
    [VectorType(Row.Size)]
    public float[] Features { get; set; } = [];

    public string Kind { get; set; } = "";
}

/// <summary>Rows of two kinds, and a key that knows a third.</summary>
internal static class LabeledRows
{
    /// <summary>The rows of <see cref="Rows"/>, every other one darkened: numbers around 0.5, and around 0.2.</summary>
    public static LabeledRow[] Make(int count, int seed = 1) =>
        [.. Rows.Make(count, seed).Select((row, i) => new LabeledRow
    {
        Features = i % 2 == 0 ? row.Features : [.. row.Features.Select(x => 0.4f * x)],
        Kind = i % 2 == 0 ? "bright" : "dark",
    })];

    /// <summary>Makes a key of <see cref="LabeledRow.Kind"/>: bright, dark, gray, in this order.</summary>
    public static ITransformer Keys(MLContext ml, params string[] kinds)
    {
        IDataView values = ml.Data.LoadFromEnumerable((kinds is [] ? ["bright", "dark", "gray"] : kinds)
            .Select(kind => new LabeledRow { Kind = kind }));
        IDataView column = ml.Transforms.SelectColumns("Kind").Fit(values).Transform(values);
        return ml.Transforms.Conversion.MapValueToKey("Kind", keyData: column).Fit(values);
    }

    /// <summary>Rows whose kind is a key.</summary>
    public static IDataView View(MLContext ml, int count, int seed = 1) => View(ml, Make(count, seed));

    /// <summary>Rows whose kind is a key.</summary>
    public static IDataView View(MLContext ml, IEnumerable<LabeledRow> rows) =>
        Keys(ml).Transform(ml.Data.LoadFromEnumerable(rows));
}
