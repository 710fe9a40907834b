using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>A row of 12 numbers, and one of others that is to be reconstructed from it.</summary>
internal sealed class PairedRow
{
    [VectorType(Row.Size)]
    public float[] Features { get; set; } = [];

    [VectorType(Paired.TargetSize)]
    public float[] Target { get; set; } = [];

    public string Kind { get; set; } = "";
}

/// <summary>
/// The rows of <see cref="LabeledRows"/>, each with 5 numbers that follow from it: between 0 and 1, and
/// nowhere near the row's own.
/// </summary>
internal static class Paired
{
    public const int TargetSize = 5;

    public static PairedRow[] Make(int count, int seed = 1) =>
        [.. LabeledRows.Make(count, seed).Select(row => new PairedRow
    {
        Features = row.Features,
        Target = TargetOf(row.Features),
        Kind = row.Kind,
    })];

    /// <summary>Rows whose kind is a key.</summary>
    public static IDataView View(MLContext ml, int count, int seed = 1) => View(ml, Make(count, seed));

    /// <summary>Rows whose kind is a key.</summary>
    public static IDataView View(MLContext ml, PairedRow[] rows) =>
        LabeledRows.Keys(ml).Transform(ml.Data.LoadFromEnumerable(rows));

    public static float[] TargetOf(float[] row) =>
        [.. Enumerable.Range(0, TargetSize).Select(i => 1 - (row[i] + row[i + 6]) / 2)];
}
