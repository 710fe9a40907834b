using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Evaluation.Comparison;

namespace Ml.Autoencoders.Tests.Evaluation;

/// <summary>Tables that are small or hold nothing: what can be measured is, and what cannot is a dash with its
/// reason.</summary>
internal sealed class SmallTableTests
{
    private const string OneColumn =
        "PCA (ML.NET), 1 numbers: It could not be fitted: Schema mismatch for input column 'X': " +
        "expected known-size vector of Single of two or more items, got Vector<Single, 1>";

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings = [];

    public SmallTableTests() => _ml.Log += (_, line) =>
    {
        if (line.Kind == ChannelMessageKind.Warning && line.Source == "CompareWithPca")
            _warnings.Add(line.RawMessage);
    };

    [SetUp]
    public void ForgetWarnings() => _warnings.Clear();

    [Test]
    public void Rows_that_are_all_the_same_have_dashes_and_errors()
    {
        PcaComparison comparison = Compare([.. Enumerable.Range(0, 60).Select(_ => new[] { 0.1f, 2, 3 })],
            new() { CodeSizes = [2], Autoencoders = [Small("X")] });
        ComparedStage exact = comparison.Stages[0];
        Assert.That((exact.MeanSquaredError, exact.ExplainedVariance, exact.Trustworthiness, exact.Continuity),
            Is.EqualTo((0, double.NaN, double.NaN, double.NaN)));
        Assert.That(exact.Notes,
            Is.EqualTo(new[]
            {
                "The test rows are all the same, and have no variance to explain.",
                "The test rows are all the same, and have no neighborhoods.",
            }));
        ComparedStage autoencoder = comparison.Stages[2];
        Assert.That(autoencoder.MeanSquaredError, Is.Not.NaN);
        Assert.That(autoencoder.ExplainedVariance, Is.NaN);
        string[] lines = comparison.ToMarkdown().Split('\n');
        Assert.That(lines[4], Does.StartWith("| PCA (exact) | 2 | **0** | – | – | – | "));
        Assert.That(lines, Has.Member("- The test rows are all the same, and have no neighborhoods."));
        Assert.That(comparison.ToCsv().Split("\r\n")[1], Does.StartWith("PCA (exact),2,0,,,,,,,"));
    }

    [Test]
    public void A_table_of_one_column_is_compared_without_the_stage_that_refuses_it()
    {
        PcaComparison comparison = Compare([.. Enumerable.Range(0, 100).Select(i => new[] { MathF.Sin(i) })],
            new() { Autoencoders = [Small("X")], LabelColumnName = "Label" }, label: i => i % 2 == 0 ? "a" : "b");
        Assert.That(comparison.Stages.Select(stage => (stage.Name, stage.CodeSize)),
            Is.EqualTo(new[] { ("PCA (exact)", 1), ("PCA (ML.NET)", 1), (Compared.Name, 1) }));
        Assert.That(comparison.Stages[0].ExplainedVariance, Is.EqualTo(1).Within(1e-9));
        Assert.That(comparison.Stages[2].ExplainedVariance, Is.Not.NaN);
        Assert.That(comparison.Stages[2].LinearAccuracy, Is.InRange(0, 1));
        ComparedStage missing = comparison.Stages[1];
        double?[] figures = [missing.MeanSquaredError, missing.ExplainedVariance, missing.LinearAccuracy,
            missing.LightGbmAccuracy,
            missing.NearestNeighborAccuracy, missing.Trustworthiness, missing.Continuity, missing.RowsPerSecond];
        Assert.That(figures, Is.All.NaN);
        Assert.That((missing.Codes.Count, missing.Reconstructions.Count, missing.ModelSize, missing.FitTime),
            Is.EqualTo((0, 0, 0L, TimeSpan.Zero)));
        string markdown = comparison.ToMarkdown();
        Assert.That(markdown, Does.Contain("| PCA (ML.NET) | 1 | – | – | – | – | – | – | – | – | – | – |\n"));
        Assert.That(markdown, Does.Contain($"\n\n- {OneColumn}"));
        Assert.That(_warnings,
            Has.Member(
                "PcaComparisonOptions.CodeSizes is 1 here, not the default 2, 8, 16, 32, which is too much for " +
                "column 'X' of 1 numbers."));
    }

    [Test]
    public void Sixty_rows_have_every_figure_with_fewer_neighbors()
    {
        PcaComparison comparison = Compare(Table(60, 5), new() { CodeSizes = [2], Autoencoders = [] });
        Assert.That(comparison.TestRows, Is.EqualTo(12));
        Assert.That(comparison.Stages.Select(stage => stage.Trustworthiness), Is.All.InRange(0.3, 1));
        Assert.That(comparison.Stages.SelectMany(stage => stage.Notes), Is.Empty);
        Assert.That(_warnings,
            Is.EqualTo(new[]
            {
                "PcaComparisonOptions.Neighbors is 5 here, not the default 12, which is too much for neighborhoods " +
                    "among 12 test rows.",
            }));
    }

    [Test]
    public void A_few_rows_have_the_figures_that_they_can_have()
    {
        PcaComparison comparison = Compare(Table(10, 3),
            new() { CodeSizes = [2], Autoencoders = [], LabelColumnName = "Label" }, label: i =>
            i % 2 == 0 ? "a" : "b");
        Assert.That((comparison.TrainingRows, comparison.TestRows), Is.EqualTo((8, 2)));
        ComparedStage exact = comparison.Stages[0];
        Assert.That(exact.ExplainedVariance, Is.LessThanOrEqualTo(1));
        Assert.That(exact.NearestNeighborAccuracy, Is.InRange(0, 1));
        Assert.That((exact.Trustworthiness, exact.Continuity), Is.EqualTo((double.NaN, double.NaN)));
        Assert.That(exact.Notes,
            Is.EqualTo(new[] { "There are too few test rows for neighborhoods: 2, and these need at least 3." }));
        Assert.That(comparison.ToMarkdown(), Does.Contain(" | 8-NN | "));
        Assert.That(_warnings,
            Has.Member(
                "PcaComparisonOptions.NearestNeighbors is 8 here, not the default 10, which is too much for 8 " +
                "training rows."));

        Compare(Table(2, 3), new() { CodeSizes = [2], Autoencoders = [] });
        Assert.That(_warnings,
            Has.Member(
                "PcaComparisonOptions.TestFraction is 0.2 by default, which is less than one of 2 rows; one of them " +
                "is measured on."));
    }

    [Test]
    public void Labels_of_one_class_cost_the_classifiers_alone()
    {
        PcaComparison comparison = Compare(Table(60, 4),
            new() { CodeSizes = [2], Autoencoders = [], LabelColumnName = "Label" }, label: _ => "a");
        foreach (ComparedStage stage in comparison.Stages)
        {
            Assert.That(new[]
            {
                stage.LinearAccuracy,
                stage.LightGbmAccuracy,
                stage.NearestNeighborAccuracy,
            }, Is.All.NaN);
            Assert.That(stage.Notes,
                Is.EqualTo(new[] { "Every training row has the label 'a', and classifiers need two." }));
            Assert.That(stage.Trustworthiness, Is.Not.NaN);
        }
        Assert.That(comparison.ToMarkdown(),
            Does.Contain("| linear (SDCA) | LightGBM | 10-NN |").And.Contain(" | – | – | – | ")
            .And.EndsWith("|\n\n- Every training row has the label 'a', and classifiers need two.\n"));
    }

    [Test]
    public void Codes_that_are_not_numbers_are_a_row_of_dashes_with_its_costs()
    {
        // What ML.NET's PCA makes of rows of zeros.
        ComparedStage stage = Compare([.. Enumerable.Range(0, 60).Select(_ => new float[3])],
            new() { CodeSizes = [2], Autoencoders = [] }).Stages[1];
        Assert.That((stage.MeanSquaredError, stage.ExplainedVariance, stage.Trustworthiness),
            Is.EqualTo((double.NaN, double.NaN, double.NaN)));
        Assert.That(stage.Notes, Is.EqualTo(new[] { "Its codes hold numbers that are not finite." }));
        Assert.That(stage.ModelSize, Is.GreaterThan(0));
        Assert.That(stage.LinearAccuracy, Is.Null, "without labels");
    }

    [Test]
    public void Hidden_activations_that_are_not_numbers_are_called_features()
    {
        float[][] test = Table(20, 3);
        test[7] = [3e38f, 3e38f, 3e38f];
        ComparedStage[] stages = [.. Compare(Table(60, 3), new()
        {
            CodeSizes = [2],
            TestData = MemoryView.OfRows(_ml, test, "X", 3),
            Autoencoders = [new() { Name = "far", Create = size => _ml.Transforms.Autoencoders.Plain("Code", "X", new()
            {
                CodeSize = size,
                HiddenColumnName = "Hidden",
                Network = Network.Dense(4),
                Scaling = InputScaling.Standardize, // which takes 3e38 beyond the largest number
                Training = new() { Epochs = 1, Seed = 1 },
            }) }],
        }).Stages];

        Assert.That(stages[2].Notes, Is.EqualTo(new[] { "Its codes hold numbers that are not finite." }));
        Assert.That(stages[3].Notes, Is.EqualTo(new[] { "Its features hold numbers that are not finite." }));
    }

    [Test]
    public void An_autoencoder_that_cannot_learn_from_the_rows_leaves_the_others_their_figures()
    {
        var options = new PcaComparisonOptions
        {
            CodeSizes = [2],
            Autoencoders =
                [new() { Name = "logarithms", Create = size => _ml.Transforms.Autoencoders.Plain("Code", "X", new()
            {
                CodeSize = size,
                Network = Network.Dense(4),
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Training = new() { Epochs = 1 },
            }) }, Small("X")],
        };
        ComparedStage[] stages =
            [.. Compare([.. Table(60, 4).Select(row => Array.ConvertAll(row, value => value + 7))], options).Stages];
        Assert.That(stages[2].MeanSquaredError, Is.NaN);
        Assert.That(stages[2].Notes, Has.Exactly(1)
            .StartsWith("It could not be fitted: Column 'X' holds training values from "));
        Assert.That(stages[3].MeanSquaredError, Is.Not.NaN);
        Assert.That(stages[3].Notes, Is.Empty);
    }

    [Test]
    public void Constant_columns_and_codes_as_long_as_the_row_are_nothing_special()
    {
        float[][] rows = [.. Table(80, 3).Select(row => (float[])[.. row, 5, 1e6f])];
        ComparedStage[] stages = [.. Compare(rows, new() { CodeSizes = [5], Autoencoders = [Small("X")] }).Stages];
        Assert.That(stages.SelectMany(stage => stage.Notes)
            .Where(note => note != "Its codes hold numbers that are not finite."), Is.Empty);
        Assert.That(stages[0].ExplainedVariance, Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void What_is_given_is_refused_where_a_default_would_shrink()
    {
        Assert.That(() => Compare(Table(60, 4), new() { Neighbors = 12, CodeSizes = [2] }),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith(
                "PcaComparisonOptions, neighborhoods among 12 test rows: Neighbors is 12; it must be at most 5."));
        Assert.That(() => Compare(Table(10, 4), new() { Neighbors = 1, CodeSizes = [2] }),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith(
                "PcaComparisonOptions: Neighbors is 1, and there are 2 test rows; neighborhoods need at least 3."));
        Assert.That(() => Compare(Table(10, 4),
            new() { NearestNeighbors = 10, CodeSizes = [2], LabelColumnName = "Label" }, label: i => $"{i % 2}"),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith(
                "PcaComparisonOptions, 8 training rows: NearestNeighbors is 10; it must be at most 8."));
        Assert.That(() => Compare(Table(2, 4), new() { TestFraction = 0.2f, CodeSizes = [2] }),
            Throws.InvalidOperationException
            .With.Message.EqualTo(
                "PcaComparisonOptions: TestFraction is 0.2, which leaves 0 of 2 rows to measure on and 2 to train " +
                "on; both need some."));
        Assert.That(() => Compare(Table(1, 4), new() { CodeSizes = [2] }), Throws.InvalidOperationException
            .With.Message.EqualTo(
                "PcaComparisonOptions: TestFraction is 0.2, which leaves 0 of 1 rows to measure on and 1 to train " +
                "on; both need some."));
        Assert.That(() => Compare(Table(60, 4), new() { CodeSizes = [2, 5] }),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith(
                "PcaComparisonOptions, column 'X' of 4 numbers: CodeSizes is 5; it must be at most 4."));
        Assert.That(_warnings, Is.Empty);
    }

    private PcaComparison Compare(float[][] rows, PcaComparisonOptions options, Func<int, string>? label = null)
    {
        IDataView data = label is null
            ? MemoryView.OfRows(_ml, rows, "X", rows[0].Length)
            : MemoryView.OfTexts(_ml, rows, [.. rows.Select((_, i) => label(i))], "X", "Label");
        return _ml.CompareWithPca(data, "X", options);
    }

    private ComparedAutoencoder Small(string column) => new()
    {
        Name = Compared.Name,
        Create = size => _ml.Transforms.Autoencoders.Plain("Code", column, new()
        {
            CodeSize = size,
            Network = Network.Dense(4),
            Training = new() { Epochs = 1, Seed = 1 },
        })
    };

    private static float[][] Table(int count, int width)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, width).Select(_ => random.NextSingle()).ToArray())];
    }
}
