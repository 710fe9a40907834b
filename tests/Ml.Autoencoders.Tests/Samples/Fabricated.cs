using Microsoft.ML;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Evaluation.Comparison;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>Comparisons that nobody had to wait for.</summary>
internal static class Fabricated
{
    /// <summary>The side of the pictures that rows are.</summary>
    public const int Side = 4;

    /// <summary>A name that HTML would misread if it were not escaped.</summary>
    public const string OddName = "wide & <b>deep</b> \"net\"";

    public const int TestRows = 100;

    private static readonly string[] Methods = ["PCA (exact)", "PCA (ML.NET)", "plain", OddName];

    /// <summary>
    /// Two PCAs and two autoencoders at each size; <paramref name="change"/> and
    /// <paramref name="keep"/> may say otherwise.
    /// </summary>
    public static PcaComparison Comparison(int[]? sizes = null, bool labeled = true, int examples = 3,
        Func<ComparedStage, ComparedStage>? change = null, Func<ComparedStage, bool>? keep = null)
    {
        var ml = new MLContext(seed: 1);
        float[][] rows = [.. Enumerable.Range(0, TestRows)
            .Select(i => (float[])[.. Enumerable.Range(0, Side * Side).Select(slot => (i + slot) % 10 / 10f)])];
        string[] labels = [.. Enumerable.Range(0, TestRows).Select(i => i % 11 == 10 ? "<ten> & more" : $"{i % 11}")];
        IDataView data = MemoryView.OfTexts(ml, rows, labels, "Pixels", "Label");
        var options = new PcaComparisonOptions
        {
            CodeSizes = sizes ?? [2, 8, 16],
            TestData = data,
            Examples = examples,
            LabelColumnName = labeled ? "Label" : null,
        };
        IEnumerable<ComparedStage> stages =
            from size in options.CodeSizes
            from method in Enumerable.Range(0, Methods.Length)
            select Stage(method, size, rows, labeled, examples);
        return new PcaComparison(ComparisonData.Read(ml, data, "Pixels", options),
            [.. stages.Select(change ?? (stage => stage)).Where(keep ?? (_ => true))], options);
    }

    private static ComparedStage Stage(int method, int size, float[][] rows, bool labeled, int examples) =>
        new(Methods[method], isPca: method < 2, size)
        {
            MeanSquaredError = 0.1 / size + 0.001 * method,
            ExplainedVariance = 1 - 1.0 / size - 0.01 * method,
            LinearAccuracy = labeled ? 0.5 + 0.1 * method : null,
            LightGbmAccuracy = labeled ? 0.55 + 0.1 * method : null,
            NearestNeighborAccuracy = labeled ? 0.6 + 0.1 * method : null,
            Trustworthiness = 0.9 + 0.01 * method,
            Continuity = 0.95 - 0.01 * method,
            FitTime = TimeSpan.FromSeconds(method + 0.5),
            RowsPerSecond = 10_000.0 * (method + 1),
            ModelSize = 2048 * (method + 1),
            Codes = [.. rows.Select((_, i) =>
            (float[])[.. Enumerable.Range(0, size).Select(slot => MathF.Sin(i + slot * method))])],
            Reconstructions = [.. rows.Take(examples)],
        };
}
