using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>Columns of Single as their bits, so that "the same" means the same and not merely equal.</summary>
internal static class Bits
{
    /// <summary>A vector column.</summary>
    public static int[][] OfVectors(IDataView view, string column) => [.. view.GetColumn<float[]>(column).Select(Of)];

    /// <summary>A scalar column.</summary>
    public static int[] OfNumbers(IDataView view, string column) => Of([.. view.GetColumn<float>(column)]);

    public static int[][] Of(IEnumerable<float[]> rows) => [.. rows.Select(Of)];

    public static int[] Of(float[] values) => MemoryMarshal.Cast<float, int>(values).ToArray();
}
