using System.Runtime.InteropServices;
using FreshProcess;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>Scores rows with a saved model in a process that never names the library.</summary>
internal static class Loader
{
    public const int RowCount = 20;

    public static IDataView Rows(MLContext ml) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, RowCount).Select(LoaderRow.Make));

    /// <param name="folder">Where the program lies.</param>
    /// <param name="model">Saved to a file beside it for the occasion.</param>
    /// <param name="column">The vector column to print.</param>
    /// <returns>The bits of each row, as <see cref="Expected"/> writes them.</returns>
    public static string[] Run(string folder, byte[] model, string column)
    {
        using var temporary = new TemporaryFolder();
        File.WriteAllBytes(temporary.File("model.zip"), model);
        return DotNet.Run(Path.Combine(folder, "Ml.Autoencoders.Loader.dll"), temporary.File("model.zip"), column, $"{RowCount}");
    }

    public static string[] Expected(MLContext ml, ITransformer model, string column) =>
        [.. model.Transform(Rows(ml)).GetColumn<float[]>(column).Select(row => Convert.ToHexString(MemoryMarshal.AsBytes<float>(row)))];
}
