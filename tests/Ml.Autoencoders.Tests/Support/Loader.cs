using System.Runtime.InteropServices;
using FreshProcess;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>Scores rows with a saved model in a process that never names the library.</summary>
internal static class Loader
{
    public const int RowCount = 20;

    public static IDataView Rows(MLContext ml, params int[] dimensions) => LoaderRow.View(ml, RowCount, dimensions);

    /// <param name="folder">Where the program lies.</param>
    /// <param name="model">Saved to a file beside it for the occasion.</param>
    /// <param name="column">The vector column to print.</param>
    /// <param name="dimensions">Those of the column that the model reads; none for rows of 12 numbers.</param>
    /// <returns>The bits of each row, as <see cref="Expected"/> writes them.</returns>
    public static string[] Run(string folder, byte[] model, string column, params int[] dimensions)
    {
        using var temporary = new TemporaryFolder();
        File.WriteAllBytes(temporary.File("model.zip"), model);
        // Where there is no native torch, TorchSharp copies what it finds among this machine's packages.
        return DotNet.RunWith(new() { ["NUGET_PACKAGES"] = temporary.Path },
        [
            Path.Combine(folder, "Ml.Autoencoders.Loader.dll"), temporary.File("model.zip"), column, $"{RowCount}",
            .. dimensions.Length == 0 ? Array.Empty<string>() : [string.Join('x', dimensions)],
        ]);
    }

    /// <summary>The program, to a folder where no native torch library lies beside it.</summary>
    public static void CopyWithoutTorch(string folder)
    {
        foreach (string file in Directory.GetFiles(Repository.LoaderOutput, "*", SearchOption.AllDirectories)
            .Where(file => !IsNativeTorch(file)))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(Repository.LoaderOutput, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>
    /// Whether a file is a native library of torch, by the names that its packages have on each system.
    /// </summary>
    public static bool IsNativeTorch(string file)
    {
        string name = Path.GetFileName(file);
        string[] starts = ["libtorch", "libLibTorchSharp", "libc10", "libgomp", "libshm", "libomp", "libiomp",
            "LibTorchSharp", "torch", "c10", "asmjit", "fbgemm", "uv", "libuv"];
        return name != "TorchSharp.dll" && starts.Any(start => name.StartsWith(start, StringComparison.Ordinal))
            && !name.EndsWith(".json", StringComparison.Ordinal);
    }

    public static string[] Expected(MLContext ml, ITransformer model, string column, params int[] dimensions) =>
        [.. model.Transform(Rows(ml, dimensions)).GetColumn<float[]>(column)
            .Select(row => Convert.ToHexString(MemoryMarshal.AsBytes<float>(row)))];
}
