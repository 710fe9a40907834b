using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of features for a classifier.</content>
public partial class Snippets
{
    [Test]
    public void What_stands_before_a_classifier_of_a_table_is_compared()
    {
        File.WriteAllLines("table.csv", Readings());
        var printed = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(printed);

        var table = ml.Data.LoadFromTextFile("table.csv", new TextLoader.Options
        {
            Separators = [','],
            HasHeader = true,
            MissingRealsAsNaNs = true,
            Columns = [new("Columns", DataKind.Single, 0, 17), new("Class", DataKind.String, 18)],
        });
        var prepared = ml.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(ml.Transforms.ReplaceMissingValues("Columns",
                replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(ml.Transforms.NormalizeMeanVariance("Columns", fixZero: false));
        var linear = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Label", "Features",
            l1Regularization: 0, l2Regularization: 1);
        var trees = ml.MulticlassClassification.Trainers.LightGbm("Label", "Features");
        var autoencoders = ml.Transforms.Autoencoders;
        var before = new Dictionary<string, IEstimator<ITransformer>>
        {
            ["raw columns"] = ml.Transforms.CopyColumns("Features", "Columns").Append(linear),
            ["PCA"] = ml.Transforms.ProjectToPrincipalComponents("Features", "Columns", rank: 8).Append(linear),
            ["code"] = autoencoders.Plain("Features", "Columns", codeSize: 8).Append(linear),
            ["preset"] = autoencoders.Denoising("Features", "Columns", DenoisingOptions.TableFeatures()).Append(linear),
            ["raw, LightGBM"] = ml.Transforms.CopyColumns("Features", "Columns").Append(trees),
        };
        foreach ((string name, var stages) in before)
        {
            var folds = ml.MulticlassClassification.CrossValidate(table, prepared.Append(stages), numberOfFolds: 5);
            Console.WriteLine($"{name,-15}{folds.Average(fold => fold.Metrics.MicroAccuracy):0.000}");
        }

        double[] accuracies = [.. printed.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line[15..], CultureInfo.InvariantCulture))];
        Assert.That(accuracies, Has.Length.EqualTo(5));
        Assert.That(accuracies[3], Is.GreaterThan(accuracies[0] + 0.1));
    }

    [Test]
    public void The_preset_for_tables_stands_before_a_classifier()
    {
        IDataView table = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new Payment
        {
            Numbers = [i % 10, i % 7],
            Kind = i % 3 == 0 ? "card" : "cash",
            Class = (i % 10 > 4) == (i % 3 == 0) ? "refunded" : "kept",
        }));

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(ml.Transforms.Categorical.OneHotEncoding("Kind"))
            .Append(ml.Transforms.Concatenate("Columns", "Numbers", "Kind"))
            .Append(ml.Transforms.Autoencoders.Denoising("Features", "Columns", DenoisingOptions.TableFeatures()))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Label", "Features",
                l1Regularization: 0, l2Regularization: 1));
        using var model = pipeline.Fit(table);

        Assert.That(ml.MulticlassClassification.Evaluate(model.Transform(table)).MicroAccuracy, Is.GreaterThan(0.95));
    }

    /// <summary>Classes that no linear classifier tells apart: where two of the columns have the same sign.</summary>
    private static IEnumerable<string> Readings()
    {
        var random = new Random(1);
        yield return string.Join(',', Enumerable.Range(0, 18).Select(column => $"reading {column}").Append("class"));
        for (int row = 0; row < 400; row++)
        {
            float[] basis = [.. Enumerable.Range(0, 4).Select(_ => random.NextSingle() * 2 - 1)];
            string kind = basis[0] * basis[1] > 0 ? "same" : "different";
            yield return string.Join(',', Enumerable.Range(0, 18)
                .Select(column => FormattableString.Invariant($"{basis[column % 4] + 0.1 * random.NextSingle():0.000}"))
                .Append(kind));
        }
    }

    [Test]
    public void Codes_by_the_preset_for_pictures_serve_a_linear_classifier()
    {
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Number")
            .Append(ml.Transforms.Autoencoders.Denoising("Code", "Pixels",
                DenoisingOptions.ImageFeatures(new ImageFormat(height: 28, width: 28), codeSize: 32, epochs: 5)))
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Label", "Code"));
        var model = pipeline.Fit(digits);
        double accuracy = ml.MulticlassClassification.Evaluate(model.Transform(digits), "Label").MicroAccuracy;

        model.Dispose();
        Assert.That(accuracy, Is.GreaterThan(0.75));
    }

    [Test]
    public void Hidden_activations_are_put_beside_the_row()
    {
        AutoencoderEstimator features = ml.Transforms.Autoencoders.Denoising("Features", "Row", new()
        {
            Network = Network.Dense(256, 128),
            Scaling = InputScaling.Standardize,
            Output = StageOutput.RowAndHiddenActivations,
        });

        IDataView rows = ml.Transforms.CopyColumns("Row", "Pixels")
            .Fit(ml.Data.TakeRows(digits, 100)).Transform(ml.Data.TakeRows(digits, 100));
        using AutoencoderTransformer model = features.Fit(rows);
        Assert.That(model.Transform(rows).GetColumn<float[]>("Features").First(),
            Has.Length.EqualTo(784 + 256 + 128));
    }

    [Test]
    public void A_preset_is_varied()
    {
        DenoisingOptions cleaning = DenoisingOptions.ImageFeatures(new ImageFormat(height: 28, width: 28)) with
        {
            CodeSize = 64,
            ReconstructionColumnName = "Clean",
        };

        Assert.That((cleaning.CodeSize, cleaning.ReconstructionColumnName, cleaning.Loss),
            Is.EqualTo((64, "Clean", ReconstructionLoss.BinaryCrossEntropy)));
    }

    [Test]
    public void The_preset_for_tables_is_varied()
    {
        DenoisingOptions features = DenoisingOptions.TableFeatures() with { Training = new() { Seed = 1 } };

        Assert.That(features.Training, Is.EqualTo(new TrainingOptions { Seed = 1 }));
        Assert.That(features.Output, Is.EqualTo(StageOutput.RowAndHiddenActivations));
    }

    private sealed class Payment
    {
        [VectorType(2)]
        public float[] Numbers { get; set; } = [];

        public string Kind { get; set; } = "";

        public string Class { get; set; } = "";
    }
}
