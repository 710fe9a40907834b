using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Whole models with the stage in them, from a text file to a prediction, as ML.NET exports them.</content>
internal sealed partial class FamilyTests
{
    private const int WholeRows = 200;

    private static readonly string[] Predicted =
        ["Code", "Clean", "Error", "Score", "Probability", "PredictedLabel"];

    private TemporaryFolder? _whole;
    private TransformerChain<AutoencoderTransformer>? _features;

    [OneTimeTearDown]
    public void DisposeWhole()
    {
        _features?.Dispose();
        _whole?.Dispose();
    }

    [Test]
    public void ML_NET_exports_a_whole_model([Values("Sdca", "LightGbm", "FastTree")] string trainer)
    {
        IDataView training = Text("training.csv", [.. Rows.Make(WholeRows)]);
        IEstimator<ITransformer> classifier = trainer switch
        {
            "Sdca" => _ml.BinaryClassification.Trainers.SdcaLogisticRegression(
                new SdcaLogisticRegressionBinaryTrainer.Options
                {
                    LabelColumnName = "Label",
                    FeatureColumnName = "Code",
                    MaximumNumberOfIterations = 5,
                    NumberOfThreads = 1,
                }),
            "LightGbm" => _ml.BinaryClassification.Trainers.LightGbm("Label", "Code", numberOfIterations: 5,
                minimumExampleCountPerLeaf: 10),
            _ => _ml.BinaryClassification.Trainers.FastTree("Label", "Code", numberOfTrees: 5, numberOfLeaves: 6),
        };
        TransformerChain<AutoencoderTransformer> features = Features(training);
        ITransformer trained = classifier.Fit(features.Transform(training));
        TransformerChain<ITransformer> model = features.Append(trained);

        using var oldest = new ConvertedModel(_ml, model, training, ConvertedModel.Oldest);
        using var newest = new ConvertedModel(_ml, model, training, ConvertedModel.Newest);
        // Trees split halfway between numbers that they were trained with, out of reach of rounding for these alone.
        foreach (int count in new[] { 1, 7, 1000 })
        {
            IDataView view = Text($"{count}.csv", Repeated(count));
            IDataView expected = model.Transform(view);
            RequireSame(oldest.Run(view, Predicted), expected);
            RequireSame(newest.Run(view, Predicted), expected);
            Assert.That(ColumnNumbers.Of(expected, "Score").Select(score => score[0]).Distinct().Count(),
                count == 1000 ? Is.GreaterThan(2) : Is.GreaterThan(0));
        }
        // ONNX Runtime refuses a missing score where ML.NET compares that of a linear classifier with its threshold.
        if (trainer == "Sdca")
            RequireMissing(features.Append<ITransformer>(_ml.Regression.Trainers.Sdca(
                new SdcaRegressionTrainer.Options
                {
                    LabelColumnName = "Size",
                    FeatureColumnName = "Code",
                    L2Regularization = 0.1f,
                    MaximumNumberOfIterations = 5,
                    NumberOfThreads = 1,
                }).Fit(features.Transform(training))), "Score");
        else
            RequireMissing(model, "Score", "Probability", "PredictedLabel");
    }

    /// <summary>From the columns of the file to the code, fitted once.</summary>
    private TransformerChain<AutoencoderTransformer> Features(IDataView training) =>
        _features ??= _ml.Transforms.Categorical.OneHotEncoding("Color")
            .Append(_ml.Transforms.Concatenate("All", "Numbers", "Size", "Color"))
            .Append(_ml.Transforms.NormalizeMeanVariance("All", fixZero: false))
            .Append(family.MakeFor(_ml, "Code", "All", [.. EveryColumn(family),
                (nameof(AutoencoderOptions.ReconstructionColumnName), "Clean")]))
            .AppendCacheCheckpoint(_ml)
            .Fit(training);

    /// <summary>One row of several holds a missing value.</summary>
    private void RequireMissing(TransformerChain<ITransformer> model, params string[] predicted)
    {
        Row[] rows = Repeated(7);
        rows[3].Features[4] = float.NaN;
        IDataView view = Text("missing.csv", rows);
        using var converted = new ConvertedModel(_ml, model, view, ConvertedModel.Oldest);
        IDataView expected = model.Transform(view);
        RequireSame(converted.Run(view, ["Code", "Clean", "Error", .. predicted]), expected);
        Assert.That(ColumnNumbers.Of(expected, "Code").Select(code => code.All(float.IsNaN)),
            Is.EqualTo(Enumerable.Range(0, 7).Select(i => i == 3)));
    }

    /// <summary>The rows of the training, again and again.</summary>
    private static Row[] Repeated(int count) =>
        [.. Enumerable.Range(0, count / WholeRows + 1).SelectMany(_ => Rows.Make(WholeRows)).Take(count)];

    /// <summary>Rows as a text file, with a category and a number as well as a vector.</summary>
    private IDataView Text(string name, Row[] rows)
    {
        _whole ??= new TemporaryFolder();
        File.WriteAllLines(_whole.File(name), rows.Select((row, i) => string.Join(',',
            [$"{row.Label}", i % 3 == 0 ? "red" : i % 3 == 1 ? "green" : "blue",
            .. row.Features.Select(value => value.ToString(CultureInfo.InvariantCulture))])));
        return _ml.Data.LoadFromTextFile(_whole.File(name),
        [
            new TextLoader.Column("Label", DataKind.Boolean, 0),
            new TextLoader.Column("Color", DataKind.String, 1),
            new TextLoader.Column("Size", DataKind.Single, 2),
            new TextLoader.Column("Numbers", DataKind.Single, 3, 2 + Row.Size - 1),
        ], separatorChar: ',');
    }
}
