using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>
/// The share of test rows whose label classifiers read from the codes, having learned from training rows. Those of
/// ML.NET learn on one thread: with more, their results would depend on the number of threads, and those of SDCA would
/// be random.
/// </summary>
/// <param name="training">The training rows' codes.</param>
/// <param name="trainingKeys">Their labels, from 1 on.</param>
/// <param name="test">The test rows' codes.</param>
/// <param name="testKeys">Their labels; 0, which is never read, for one that no training row has.</param>
internal sealed class Classifiers(float[][] training, uint[] trainingKeys, float[][] test, uint[] testKeys)
{
    private const string Code = "Code";
    private const string Label = "Label";

    public double Linear(int seed)
    {
        var options = new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Code,
            NumberOfThreads = 1,
        };
        return Accuracy(seed, ml => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(options));
    }

    public double LightGbm(int seed)
    {
        var options = new LightGbmMulticlassTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Code,
            NumberOfThreads = 1,
            Seed = seed,
            Deterministic = true,
            ForceColumnWise = true,
        };
        return Accuracy(seed, ml => ml.MulticlassClassification.Trainers.LightGbm(options));
    }

    public double NearestNeighbors(int neighbors) =>
        Accuracy(new NearestNeighborClassifier(training, trainingKeys, neighbors).Predict(test));

    private double Accuracy(int seed, Func<MLContext, IEstimator<ITransformer>> trainer)
    {
        // Its own context: other uses of the caller's would advance its random numbers.
        var ml = new MLContext(seed);
        int labels = (int)trainingKeys.Max();
        ITransformer model = trainer(ml).Fit(MemoryView.OfKeys(ml, training, trainingKeys, labels, Code, Label));
        IDataView predictions = model.Transform(MemoryView.OfKeys(ml, test, testKeys, labels, Code, Label));
        return Accuracy([.. predictions.GetColumn<uint>("PredictedLabel")]);
    }

    private double Accuracy(uint[] predicted) =>
        predicted.Zip(testKeys).Count(pair => pair.First == pair.Second) / (double)testKeys.Length;
}
