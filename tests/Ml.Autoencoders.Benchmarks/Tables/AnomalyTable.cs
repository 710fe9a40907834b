using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>
/// Rows of which some are anomalies: a column per feature, then <c>label</c> (1 for an anomaly) and <c>train0</c>,
/// <c>train1</c> and <c>train2</c> (1 for the normal rows to learn from).
/// </summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Rows">The columns <c>Features</c> and <c>Label</c>, and what the protocols choose by.</param>
internal sealed record AnomalyTable(string Name, IDataView Rows)
{
    /// <summary>The choices of rows to learn from.</summary>
    public const int Splits = 3;

    public static AnomalyTable Load(MLContext ml, GzipFolder folder, string name)
    {
        GzipSource source = folder.Source(name);
        using TextReader reader = source.OpenTextReader(0);
        int columns = reader.ReadLine()!.Split(',').Length - Splits - 1;
        IDataView rows = ml.Data.CreateTextLoader(new TextLoader.Options
        {
            HasHeader = true,
            Separators = [','],
            Columns =
            [
                new("Features", DataKind.Single, 0, columns - 1),
                new("Label", DataKind.Single, columns),
                new("Train", DataKind.Single, columns + 1, columns + Splits),
            ],
        }, source).Load(source);
        return new AnomalyTable(name, ml.Data.Cache(rows));
    }

    /// <summary>The rows that a split learns from, or the others.</summary>
    public IDataView Part(MLContext ml, int split, bool isLearned) => ml.Data.Cache(
        ml.Data.FilterByCustomPredicate<Choice>(Rows, row => row.Train[split] > 0 != isLearned));

    private sealed class Choice
    {
        [VectorType(Splits)]
        public float[] Train { get; set; } = [];
    }
}
