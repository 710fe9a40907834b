using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>Rows of a set to learn from and rows to judge by, with the column <c>Row</c>.</summary>
/// <param name="Learned">The rows that features are fitted to, without their labels.</param>
/// <param name="Judged">The rows that are judged.</param>
/// <param name="All">Which of the learned rows have a label where all have one.</param>
/// <param name="Few">Which have one where few do.</param>
internal sealed record Split(IDataView Learned, IDataView Judged, int[] All, int[] Few)
{
    /// <summary>More labels than these are not used: ML.NET's classifiers would take most of the time.</summary>
    private const int MaxLabels = 4000;

    /// <summary>In the search, where many classifiers are fitted.</summary>
    private const int MaxLabelsOfTraining = 2000;

    private const int FewPerClass = 20;

    private const double HeldBack = 0.25;

    /// <summary>Slots of a row.</summary>
    public int Columns { get; } = ((VectorDataViewType)Learned.Schema["Row"].Type).Size;

    public uint[] LearnedLabels { get; } = [.. Learned.GetColumn<uint>("Label")];

    public uint[] JudgedLabels { get; } = [.. Judged.GetColumn<uint>("Label")];

    /// <summary>The test rows, judged by what was learned from the training rows.</summary>
    public static Split OfTest(MLContext ml, LabeledTable table, int seed)
    {
        (IDataView learned, IDataView judged) = Prepare(ml, table, table.Training, table.Test);
        return new Split(learned, judged, Some(learned, MaxLabels, new Random(seed)),
            [.. learned.GetColumn<float>("Few").Index().Where(row => row.Item > 0).Select(row => row.Index)]);
    }

    /// <summary>A quarter of the training rows, judged by what was learned from the others. No test row is
    /// read.</summary>
    public static Split OfTraining(MLContext ml, LabeledTable table, int seed)
    {
        DataOperationsCatalog.TrainTestData parts = ml.Data.TrainTestSplit(table.Training, HeldBack, seed: seed);
        (IDataView learned, IDataView judged) = Prepare(ml, table, parts.TrainSet, parts.TestSet);
        var random = new Random(seed);
        return new Split(learned, judged, Some(learned, MaxLabelsOfTraining, random), [.. Labels(learned).Index()
            .GroupBy(row => row.Item, row => row.Index)
            .SelectMany(rows => Shuffled([.. rows], random).Take(FewPerClass))]);
    }

    private static (IDataView Learned, IDataView Judged) Prepare(MLContext ml, LabeledTable table, IDataView learned,
        IDataView judged)
    {
        ITransformer preparation = table.Preparation(learned).Fit(learned);
        return (ml.Data.Cache(preparation.Transform(learned)), ml.Data.Cache(preparation.Transform(judged)));
    }

    private static int[] Some(IDataView learned, int count, Random random) =>
        [.. Shuffled([.. Enumerable.Range(0, Labels(learned).Length)], random).Take(count)];

    private static int[] Shuffled(int[] rows, Random random)
    {
        random.Shuffle(rows);
        return rows;
    }

    private static uint[] Labels(IDataView rows) => [.. rows.GetColumn<uint>("Label")];
}
