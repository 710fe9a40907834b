using System.Globalization;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Evaluation.Comparison;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class ComparisonTableTests
{
    private static readonly ComparedStage[] Stages =
    [
        Stage("PCA (exact)", 2, 0.05, 0.5, 0.9),
        Stage("a | b", 2, 0.0301, 0.71, 0.9),
        Stage("PCA (exact)", 8, 0.01, 0.8, 0.95),
        Stage("a | b", 8, 0.02, 0.6, 0.951),
    ];

    [Test]
    public void Markdown_has_a_line_for_each_stage_and_the_best_of_each_size_in_bold() =>
        Assert.That(ComparisonTable.ToMarkdown(Stages, 10), Is.EqualTo(
            """
            | stage | code | MSE | explained variance | linear (SDCA) | trustworthiness | continuity | fit, s | rows/s | bytes |
            |---|---|---|---|---|---|---|---|---|---|
            | PCA (exact) | 2 | 0.05 | 0.500 | **0.900** | **0.900** | **0.800** | **2.0** | **20,000** | **2,048** |
            | a \| b | 2 | **0.0301** | **0.710** | **0.900** | **0.900** | **0.800** | **2.0** | **20,000** | **2,048** |
            | PCA (exact) | 8 | **0.01** | **0.800** | 0.950 | **0.900** | **0.800** | 8.0 | **20,000** | **2,048** |
            | a \| b | 8 | 0.02 | 0.600 | **0.951** | **0.900** | **0.800** | **3.0** | 5,000 | 4,096 |

            """.ReplaceLineEndings("\n")));

    [Test]
    public void Classifiers_have_columns_where_they_have_figures()
    {
        string head =
            ComparisonTable.ToMarkdown([Stages[0] with { LightGbmAccuracy = 0.5, NearestNeighborAccuracy = 0.25 }], 7)
                .Split('\n')[0];
        Assert.That(head, Does.Contain("| linear (SDCA) | LightGBM | 7-NN |"));
    }

    [Test]
    public void Figures_that_are_none_are_not_the_best() =>
        Assert.That(ComparisonTable.ToMarkdown([Stages[0] with { ExplainedVariance = double.NaN }, Stages[1]], 10),
            Does.Contain("| – |").And.Contain("**0.710**").And.Not.Contain("NaN"));

    [Test]
    public void Reasons_stand_below_the_table_each_once()
    {
        ComparedStage[] stages =
            [.. Stages.Select((stage, i) => stage with
            {
                Notes = i is 1 or 3 ? ["All are like that.", "Only a | b."] : ["All are like that."],
            })];
        Assert.That(ComparisonTable.ToMarkdown(stages, 10), Does.EndWith(
            "| 4,096 |\n\n- All are like that.\n- a \\| b, 2 numbers; a \\| b, 8 numbers: Only a \\| b.\n"));
        Assert.That(ComparisonTable.ToCsv(stages), Is.EqualTo(ComparisonTable.ToCsv(Stages)));
    }

    [Test]
    public void A_figure_that_is_none_is_an_empty_field() =>
        Assert.That(ComparisonTable.ToCsv([Stages[0] with { ExplainedVariance = double.NaN }]),
            Does.EndWith("PCA (exact),2,0.05,,0.9,,,0.9,0.8,2,20000,2048,Code,2\r\n"));

    [Test]
    public void Csv_has_every_column_and_all_digits_and_quotes_what_must_be_quoted()
    {
        ComparedStage stage = Stage("say \"a, b\"", 2, 1 / 3.0, 0.5, 0.9);
        Assert.That(ComparisonTable.ToCsv([stage, Stages[0]]), Is.EqualTo(
            "Name,CodeSize,MeanSquaredError,ExplainedVariance,LinearAccuracy,LightGbmAccuracy,NearestNeighborAccuracy,Trustworthiness,Continuity,FitSeconds,RowsPerSecond,ModelSize,Output,Width\r\n" +
            "\"say \"\"a, b\"\"\",2,0.3333333333333333,0.5,0.9,,,0.9,0.8,2,20000,2048,Code,2\r\n" +
            "PCA (exact),2,0.05,0.5,0.9,,,0.9,0.8,2,20000,2048,Code,2\r\n"));
    }

    [Test]
    public void Hidden_activations_say_how_many_they_are()
    {
        ComparedStage hidden = Stage("b (hidden)", 8, double.NaN, double.NaN, 0.97) with
        {
            Output = StageOutput.HiddenActivations,
            Width = 96,
        };
        Assert.Multiple(() =>
        {
            Assert.That(ComparisonTable.ToMarkdown([Stages[2], hidden], 10), Is.EqualTo(
                """
                | stage | code | numbers | MSE | explained variance | linear (SDCA) | trustworthiness | continuity | fit, s | rows/s | bytes |
                |---|---|---|---|---|---|---|---|---|---|---|
                | PCA (exact) | 8 | 8 | **0.01** | **0.800** | 0.950 | **0.900** | **0.800** | **8.0** | **20,000** | **2,048** |
                | b (hidden) | 8 | 96 | – | – | **0.970** | **0.900** | **0.800** | **8.0** | **20,000** | **2,048** |

                """.ReplaceLineEndings("\n")));
            Assert.That(ComparisonTable.ToCsv([hidden]),
                Does.EndWith("b (hidden),8,,,0.97,,,0.9,0.8,8,20000,2048,HiddenActivations,96\r\n"));
        });
    }

    [Test]
    public void Numbers_are_written_alike_everywhere()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string markdown = ComparisonTable.ToMarkdown(Stages, 10);
        string csv = ComparisonTable.ToCsv(Stages);
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo.CurrentCulture = german;
        try
        {
            Assert.That(ComparisonTable.ToMarkdown(Stages, 10), Is.EqualTo(markdown));
            Assert.That(ComparisonTable.ToCsv(Stages), Is.EqualTo(csv));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static ComparedStage Stage(string name, int codeSize, double error, double variance, double accuracy) =>
        new(name, name.StartsWith("PCA", StringComparison.Ordinal), codeSize)
        {
            MeanSquaredError = error,
            ExplainedVariance = variance,
            LinearAccuracy = accuracy,
            Trustworthiness = 0.9,
            Continuity = 0.8,
            FitTime = TimeSpan.FromSeconds(codeSize == 2 ? 2 : name == "a | b" ? 3 : 8),
            RowsPerSecond = codeSize == 8 && name == "a | b" ? 5000 : 20000,
            ModelSize = codeSize == 8 && name == "a | b" ? 4096 : 2048,
        };
}
