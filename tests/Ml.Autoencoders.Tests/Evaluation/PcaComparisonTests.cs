using Microsoft.ML;
using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class PcaComparisonTests
{
    private static readonly string[] Methods = ["PCA (exact)", "PCA (ML.NET)", Compared.Name];

    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void Every_method_is_measured_at_every_size_and_pca_first()
    {
        PcaComparison comparison = _ml.CompareWithPca(Rows.View(_ml, 300), "Features",
            Compared.Options(_ml, "Label", codeSizes: [3, 1]));

        Assert.That(comparison.Stages.Select(stage => (stage.CodeSize, stage.Name)),
            Is.EqualTo(Methods.Select(name => (3, name)).Concat(Methods.Select(name => (1, name)))));
        Assert.That(comparison.Stages.Select(stage => stage.IsPca),
            Is.EqualTo(new[] { true, true, false, true, true, false }));
        Assert.That((comparison.TrainingRows, comparison.TestRows, comparison.FeatureCount),
            Is.EqualTo((240, 60, Row.Size)));
        Assert.That(comparison.Examples, Has.Count.EqualTo(10).And.All.Length.EqualTo(Row.Size));
        Assert.That(comparison.TestLabels, Has.Count.EqualTo(60).And.Contains("0").And.Contains("1"));
        foreach (ComparedStage stage in comparison.Stages)
        {
            double?[] figures = [stage.MeanSquaredError, stage.ExplainedVariance, stage.LinearAccuracy,
                stage.LightGbmAccuracy,
                stage.NearestNeighborAccuracy, stage.Trustworthiness, stage.Continuity, stage.FitTime.TotalSeconds,
                stage.RowsPerSecond];
            Assert.That(figures,
                Has.All.Matches<double?>(figure => figure is { } number && double.IsFinite(number)), stage.Name);
            Assert.That(stage.Codes, Has.Count.EqualTo(60).And.All.Length.EqualTo(stage.CodeSize), stage.Name);
            Assert.That(stage.Reconstructions, Has.Count.EqualTo(10).And.All.Length.EqualTo(Row.Size), stage.Name);
            Assert.That(stage.ModelSize, Is.GreaterThanOrEqualTo(4 * Row.Size * (stage.CodeSize + 1)), stage.Name);
        }
    }

    [TestCase(StageOutput.Code, "small (hidden)", 20)]
    [TestCase(StageOutput.HiddenActivations, "small (hidden)", 20)]
    [TestCase(StageOutput.RowAndHiddenActivations, "small (row and hidden)", 20 + Row.Size)]
    public void Hidden_activations_have_a_stage_of_their_own(StageOutput output, string name, int width)
    {
        bool hasColumn = output == StageOutput.Code;
        var steps = new List<string>();
        PcaComparison comparison = _ml.CompareWithPca(Rows.View(_ml, 300), "Features", Options(new PlainOptions
        {
            Network = Network.Dense(12, 8),
            Output = output,
            HiddenColumnName = hasColumn ? "Hidden" : null,
            Training = Small.Training(epochs: 5),
        }, steps));
        PcaComparison without = _ml.CompareWithPca(Rows.View(_ml, 300), "Features", Options(new PlainOptions
        {
            Network = Network.Dense(12, 8),
            Training = Small.Training(epochs: 5),
        }, []));

        Assert.That(comparison.Stages.Select(stage => (stage.Name, stage.CodeSize, stage.Width, stage.Output)),
            Is.EqualTo(new[]
            {
                ("PCA (exact)", 2, 2, StageOutput.Code),
                ("PCA (ML.NET)", 2, 2, StageOutput.Code),
                ("small", 2, 2, StageOutput.Code),
                (name, 2, width, hasColumn ? StageOutput.HiddenActivations : output),
            }));
        (ComparedStage code, ComparedStage hidden) = (comparison.Stages[2], comparison.Stages[3]);
        ComparedStage expected = without.Stages[2];
        Assert.Multiple(() =>
        {
            // The code is measured as if nothing else was asked for.
            Assert.That(code.Codes, Is.EqualTo(expected.Codes));
            Assert.That((code.MeanSquaredError, code.LinearAccuracy, code.Trustworthiness),
                Is.EqualTo((expected.MeanSquaredError, expected.LinearAccuracy, expected.Trustworthiness)));
            Assert.That(hidden.Codes, Has.Count.EqualTo(60).And.All.Length.EqualTo(width));
            Assert.That(hidden.Codes.SelectMany(row => row[^20..]), Has.All.GreaterThanOrEqualTo(0));
            Assert.That((hidden.MeanSquaredError, hidden.ExplainedVariance), Is.EqualTo((double.NaN, double.NaN)));
            Assert.That(hidden.Notes,
                Is.EqualTo(new[] { "Rows are reconstructed from codes, not from hidden activations." }));
            Assert.That(hidden.Reconstructions, Is.Empty);
            // Twenty functions of the row hold more of it than two numbers of one fit that was cut short.
            Assert.That(hidden.Trustworthiness, Is.GreaterThan(code.Trustworthiness));
            Assert.That(hidden.LinearAccuracy, Is.GreaterThan(0.8));
            Assert.That((hidden.FitTime, hidden.ModelSize), Is.EqualTo((code.FitTime, code.ModelSize)));
            Assert.That(hidden.RowsPerSecond, Is.Positive);
            Assert.That(steps, Has.One.EqualTo($"small, 2 numbers: {name["small (".Length..^1]} activations"));
        });
    }

    [Test]
    public void On_linear_rows_pca_wins_and_every_figure_says_so()
    {
        PcaComparison comparison = _ml.CompareWithPca(Rows.View(_ml, 600), "Features", Compared.Options(_ml, "Label"));

        ComparedStage exact = comparison.Stages[0];
        // Two directions hold all but the noise: 0.01² / 12 a slot, in 10 directions of 12.
        const double Noise = 0.01 * 0.01 / 12 * 10 / 12;
        Assert.That(exact.MeanSquaredError, Is.EqualTo(Noise).Within(0.1 * Noise));
        Assert.That(comparison.Stages[1].MeanSquaredError, Is.EqualTo(exact.MeanSquaredError).Within(0.1 * Noise),
            "ML.NET's is nearly exact here");
        Assert.That(comparison.Stages[2].MeanSquaredError, Is.GreaterThan(1.5 * Noise).And.LessThan(0.01));
        Assert.That(exact.ExplainedVariance, Is.InRange(0.99, 1));
        Assert.That(exact.Trustworthiness, Is.InRange(0.99, 1));
        Assert.That(exact.Continuity, Is.InRange(0.99, 1));
        foreach (ComparedStage stage in comparison.Stages.Where(stage => stage.IsPca))
        {
            Assert.That(stage.LinearAccuracy, Is.GreaterThan(0.9), stage.Name);
            Assert.That(stage.LightGbmAccuracy, Is.GreaterThan(0.85), stage.Name);
            Assert.That(stage.NearestNeighborAccuracy, Is.GreaterThan(0.9), stage.Name);
        }
    }

    [Test]
    public void Rows_that_hardly_vary_are_reconstructed_from_codes_of_ml_net_as_well_as_any()
    {
        Row[] rows = [.. Rows.Make(400)
            .Select(row => new Row { Features = Array.ConvertAll(row.Features, value => value / 300) })];
        PcaComparison comparison = _ml.CompareWithPca(_ml.Data.LoadFromEnumerable(rows), "Features",
            Compared.Options(_ml));
        Assert.That(comparison.Stages[0].ExplainedVariance, Is.GreaterThan(0.99));
        Assert.That(comparison.Stages[1].ExplainedVariance, Is.GreaterThan(0.99));
    }

    [Test]
    public void Reconstructions_of_examples_are_those_that_the_error_is_measured_on()
    {
        PcaComparison comparison = _ml.CompareWithPca(Rows.View(_ml, 100), "Features",
            Compared.Options(_ml, neighbors: 3, test: Rows.View(_ml, 10, seed: 2)));
        float[][] test = [.. Rows.Make(10, seed: 2).Select(row => row.Features)];

        Assert.That(comparison.Examples, Is.EqualTo(test));
        foreach (ComparedStage stage in comparison.Stages)
        {
            double error = test.Zip(stage.Reconstructions,
                (row, other) => ImageQuality.MeanSquaredError(row, other)).Average();
            Assert.That(stage.MeanSquaredError, Is.EqualTo(error).Within(1e-9), stage.Name);
        }
    }

    [Test]
    public void The_same_comparison_gives_the_same_figures_whatever_the_context_did_before()
    {
        IDataView data = Rows.View(_ml, 200);
        PcaComparison first = _ml.CompareWithPca(data, "Features", Compared.Options(_ml, "Label"));
        PcaComparison second = new MLContext()
            .CompareWithPca(data, "Features", Compared.Options(new MLContext(), "Label"));

        Assert.That(second.Stages.Select(Figures), Is.EqualTo(first.Stages.Select(Figures)));
        Assert.That(second.Stages.Select(stage => Bits.Of(stage.Codes)),
            Is.EqualTo(first.Stages.Select(stage => Bits.Of(stage.Codes))));
        Assert.That(second.Examples, Is.EqualTo(first.Examples));
    }

    [Test]
    public void Without_labels_there_are_no_accuracies()
    {
        PcaComparison comparison = _ml.CompareWithPca(Rows.View(_ml, 150), "Features", Compared.Options(_ml));

        Assert.That(comparison.TestLabels, Is.Null);
        Assert.That(comparison.Stages.Select(stage => (stage.LinearAccuracy, stage.LightGbmAccuracy,
            stage.NearestNeighborAccuracy)),
            Is.All.EqualTo(((double?)null, (double?)null, (double?)null)));
        Assert.That(comparison.ToString(),
            Is.EqualTo(comparison.ToMarkdown())
                .And.StartsWith("120 training rows and 30 test rows of 12 numbers.\n\n| stage | code | MSE |"));
        Assert.That(comparison.ToCsv().Split("\r\n"), Has.Length.EqualTo(1 + 3 + 1));
    }

    [Test]
    public void Rows_are_read_once()
    {
        var training = new CountingView(Rows.View(_ml, 120));
        var test = new CountingView(Rows.View(_ml, 40, seed: 2));
        _ml.CompareWithPca(training, "Features", Compared.Options(_ml, "Label", test: test));

        Assert.That((training.CursorsOpened, training.CursorsDisposed, training.RowsRead), Is.EqualTo((1, 1, 120)));
        Assert.That((test.CursorsOpened, test.CursorsDisposed, test.RowsRead), Is.EqualTo((1, 1, 40)));
        Assert.That(training.ColumnsAsked, Is.EquivalentTo(new[] { "Features", "Label" }));
    }

    [Test]
    public void A_code_as_long_as_the_row_holds_all_of_it()
    {
        ComparedStage exact = _ml.CompareWithPca(Rows.View(_ml, 150), "Features",
            Compared.Options(_ml, codeSizes: Row.Size)).Stages[0];
        Assert.That(exact.MeanSquaredError, Is.LessThan(1e-10));
        Assert.That(exact.Trustworthiness, Is.EqualTo(1).Within(1e-3));
    }

    [Test]
    public void Progress_names_stage_size_and_step()
    {
        var steps = new List<string>();
        _ml.CompareWithPca(Rows.View(_ml, 150), "Features", Compared.Options(_ml, "Label", steps.Add));

        Assert.That(steps, Is.EqualTo(Methods.SelectMany(name => new[]
        {
            $"{name}, 2 numbers: fit", $"{name}, 2 numbers: codes and reconstructions",
                $"{name}, 2 numbers: classifiers", $"{name}, 2 numbers: neighborhoods",
        })));
    }

    [Test]
    public void Neighborhoods_are_measured_on_as_many_rows_as_asked_for()
    {
        IDataView data = Rows.View(_ml, 200);
        ComparedStage Exact(int rows) => _ml.CompareWithPca(data, "Features", new PcaComparisonOptions
        {
            CodeSizes = [1],
            Autoencoders = [],
            Neighbors = 4,
            NeighborhoodRows = rows,
        }).Stages[0];

        ComparedStage few = Exact(10);
        float[][] judged = [.. _ml.CompareWithPca(data, "Features",
            new PcaComparisonOptions { CodeSizes = [1], Autoencoders = [], Examples = 10 }).Examples];
        Assert.That(few.Trustworthiness,
            Is.EqualTo(EmbeddingQuality.Trustworthiness(judged, [.. few.Codes.Take(10)], 4)));
        Assert.That(Exact(40).Trustworthiness, Is.Not.EqualTo(few.Trustworthiness));
    }

    [Test]
    public void Plain_denoising_and_variational_autoencoders_are_compared_where_none_are_named()
    {
        PcaComparison comparison = _ml.CompareWithPca(Rows.View(_ml, 130), "Features", codeSizes: [2]);
        Assert.That(comparison.Stages.Select(stage => stage.Name),
            Is.EqualTo(new[] { "PCA (exact)", "PCA (ML.NET)", "plain", "denoising", "variational" }));
        Assert.That(comparison.Stages.Select(stage => stage.MeanSquaredError).Distinct().Count(),
            Is.GreaterThanOrEqualTo(4), "each is another");
    }

    [Test]
    public void Codes_are_no_larger_than_rows_where_no_sizes_are_named()
    {
        PcaComparison comparison = _ml.CompareWithPca(Rows.View(_ml, 130), "Features",
            new PcaComparisonOptions { Autoencoders = [] });
        Assert.That(comparison.Stages.Select(stage => stage.CodeSize).Distinct(), Is.EqualTo(new[] { 2, 8 }));
        Assert.That(new PcaComparisonOptions().CodeSizesFor(784), Is.EqualTo(new[] { 2, 8, 16, 32 }));
        Assert.That(new PcaComparisonOptions().CodeSizesFor(1), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void An_autoencoder_may_be_conditioned_on_the_label()
    {
        var options = new PcaComparisonOptions
        {
            CodeSizes = [2],
            LabelColumnName = "Label",
            Autoencoders = [new() { Name = "conditional",
                Create = size => _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
            {
                CodeSize = size,
                ConditionColumnName = "Label",
                Network = Small.Network,
                Training = Small.Training(),
            }) }],
        };
        ComparedStage conditional = _ml.CompareWithPca(Rows.View(_ml, 150), "Features", options).Stages[2];
        Assert.That(conditional.Codes, Has.Count.EqualTo(30));
    }

    [Test]
    public void No_tensor_is_left_alive()
    {
        IDataView data = Rows.View(_ml, 150);
        Assert.That(LiveTensors.Left(() => _ml.CompareWithPca(data, "Features", Compared.Options(_ml))), Is.Zero);
    }

    /// <summary>Without times, nor the size of the model: an autoencoder saves how long its epochs took.</summary>
    private static double?[] Figures(ComparedStage stage) =>
        [stage.MeanSquaredError, stage.ExplainedVariance, stage.LinearAccuracy, stage.LightGbmAccuracy,
            stage.NearestNeighborAccuracy,
            stage.Trustworthiness, stage.Continuity];

    private PcaComparisonOptions Options(PlainOptions options, List<string> steps) => new()
    {
        CodeSizes = [2],
        LabelColumnName = "Label",
        Autoencoders =
        [
            new()
            {
                Name = Compared.Name,
                Create = size =>
                    _ml.Transforms.Autoencoders.Plain("Code", "Features", options with { CodeSize = size }),
            },
        ],
        OnProgress = steps.Add,
    };
}
