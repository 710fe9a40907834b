using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>
/// A set of labeled rows: <c>name.csv.gz</c> with a column per feature, then <c>label</c>, <c>part</c> (train or test)
/// and <c>few</c> (1 for the rows that have a label where few do).
/// </summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Training">The training rows, as the loader gives them.</param>
/// <param name="Test">The test rows, likewise.</param>
/// <param name="Preparation">What makes of rows the column <c>Row</c>, and of their labels keys, by the rows to learn
/// from.</param>
internal sealed record LabeledTable(string Name, IDataView Training, IDataView Test,
    Func<IDataView, IEstimator<ITransformer>> Preparation)
{
    /// <summary>The columns after the features.</summary>
    private const int Others = 3;

    /// <param name="ml">The context.</param>
    /// <param name="source">The file.</param>
    /// <param name="name">Its name, without the endings.</param>
    /// <param name="isCategorical">Whether its columns are categories by number; empty is one more.</param>
    public static LabeledTable Load(MLContext ml, GzipSource source, string name, bool isCategorical)
    {
        using TextReader reader = source.OpenTextReader(0);
        string[] columns = reader.ReadLine()!.Split(',')[..^Others];
        TextLoader.Column[] features = isCategorical
            ? [.. columns.Select((column, i) => new TextLoader.Column(column, DataKind.String, i))]
            : [new TextLoader.Column("Numbers", DataKind.Single, 0, columns.Length - 1)];
        IDataView rows = ml.Data.CreateTextLoader(new TextLoader.Options
        {
            HasHeader = true,
            Separators = [','],
            MissingRealsAsNaNs = true,
            Columns =
            [
                .. features,
                new("Number", DataKind.Single, columns.Length),
                new("Part", DataKind.String, columns.Length + 1),
                new("Few", DataKind.Single, columns.Length + 2),
            ],
        }, source).Load(source);
        IEstimator<ITransformer> label = ml.Transforms.Conversion.MapValueToKey("Label", "Number");
        return new LabeledTable(name, Part(ml, rows, "train"), Part(ml, rows, "test"), learned => label.Append(
            isCategorical ? Categories(ml, columns) : Numbers(ml, learned)));
    }

    private static IDataView Part(MLContext ml, IDataView rows, string part) =>
        ml.Data.Cache(ml.Data.FilterByCustomPredicate<PartOfSet>(rows, row => row.Part != part));

    /// <summary>Gaps get the mean. Where the rows to learn from have any, there are columns that show them.</summary>
    private static IEstimator<ITransformer> Numbers(MLContext ml, IDataView learned)
    {
        MissingValueReplacingEstimator filled = ml.Transforms.ReplaceMissingValues("Filled", "Numbers",
            MissingValueReplacingEstimator.ReplacementMode.Mean);
        return learned.GetColumn<float[]>("Numbers").Any(row => row.Any(float.IsNaN))
            ? filled.Append(ml.Transforms.IndicateMissingValues("Gaps", "Numbers"))
                .Append(ml.Transforms.Conversion.ConvertType("Gaps"))
                .Append(ml.Transforms.Concatenate("Row", "Filled", "Gaps"))
            : filled.Append(ml.Transforms.CopyColumns("Row", "Filled"));
    }

    /// <summary>A gap is a category of its own.</summary>
    private static EstimatorChain<ColumnConcatenatingTransformer> Categories(MLContext ml, string[] columns) =>
        columns.Aggregate<string, IEstimator<ITransformer>>(new EstimatorChain<ITransformer>(), (chain, column) =>
                chain.Append(ml.Transforms.Expression(column, "x => x == \"\" ? \"gap\" : x", column)))
            .Append(ml.Transforms.Categorical.OneHotEncoding([.. columns.Select(column =>
                new InputOutputColumnPair(column))]))
            .Append(ml.Transforms.Concatenate("Row", columns));

    private sealed class PartOfSet
    {
        public string Part { get; set; } = "";
    }
}
