using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>A classifier of ML.NET, with one setting for all sets and all that stands before it.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Trainer">The classifier.</param>
internal sealed record Judge(string Name, Func<MLContext, IEstimator<ITransformer>> Trainer)
{
    private const string Label = "Label";
    private const string Features = "Features";

    /// <summary>ML.NET's is 1e-7, which takes several times as long, without a change of what it reads.</summary>
    private const float LogisticTolerance = 1e-5f;

    /// <summary>Left to itself, it takes thousands on a few hundred rows, without a change of what it reads.</summary>
    private const int SdcaIterations = 50;

    /// <param name="l2">The weight of the squares; null for what ML.NET chooses by the number of rows.</param>
    public static Judge Sdca(float? l2) => new($"SDCA, L2 {(l2 is null ? "by rows" : $"{l2}")}", ml =>
        ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Features,
            L2Regularization = l2,
            L1Regularization = 0,
            MaximumNumberOfIterations = SdcaIterations,
            NumberOfThreads = 1,
        }));

    /// <param name="l2">The weight of the squares, against the sum of the rows' losses.</param>
    public static Judge Logistic(float l2) => new($"logistic regression, L2 {l2}", ml =>
        ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Features,
            L2Regularization = l2,
            L1Regularization = 0,
            OptimizationTolerance = LogisticTolerance,
        }));

    /// <param name="leaf">Rows that a leaf needs.</param>
    public static Judge Boosted(int leaf) => new($"LightGBM, {leaf} rows a leaf", ml =>
        ml.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Features,
            NumberOfIterations = 100,
            MinimumExampleCountPerLeaf = leaf,
            NumberOfThreads = Environment.ProcessorCount,
        }));

    /// <summary>The share of <paramref name="judged"/> that it reads right.</summary>
    public double Accuracy(LabeledFeatures learned, LabeledFeatures judged)
    {
        var ml = new MLContext(1);
        var model = ml.Transforms.Conversion.MapValueToKey(Label)
            .AppendCacheCheckpoint(ml)
            .Append(Trainer(ml))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(View(ml, learned));
        IEnumerable<uint> answers = model.Transform(View(ml, judged)).GetColumn<uint>("PredictedLabel");
        return answers.Zip(judged.Labels).Average(row => row.First == row.Second ? 1.0 : 0.0);
    }

    private static IDataView View(MLContext ml, LabeledFeatures rows)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Width);
        return ml.Data.LoadFromEnumerable(
            rows.Features.Zip(rows.Labels, (features, label) => new Row { Features = features, Label = label })
                .ToArray(), schema);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
