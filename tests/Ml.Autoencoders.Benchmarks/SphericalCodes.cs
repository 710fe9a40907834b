using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// What test codes of MNIST are worth to their ten nearest neighbors where they lie on a sphere, and where they are
/// normal variables: the same network, epochs and seed, two to five numbers (after Davidson et al. 2018, table 2). On
/// the sphere the order by distance is that by cosine. A direction has one freedom fewer than it has numbers.
/// </summary>
internal static class SphericalCodes
{
    private const int LeastSize = 2;
    private const int MostSize = 5;

    /// <summary>Of codes on the sphere of the most numbers; far above what codes that hold little come to, 0.1 being
    /// chance.</summary>
    private const double Bound = 0.75;

    /// <summary>0 where the bound is met, 1 where it is not.</summary>
    public static int Run()
    {
        var ml = new MLContext(1);
        (IDataView training, IDataView test) = MnistViews.Load(ml);
        AutoencoderCatalog catalog = ml.Transforms.Autoencoders;
        Console.WriteLine("10-NN accuracy of test codes, and the loss on the test digits in nats a digit\n");
        Console.WriteLine("| numbers | Hyperspherical | Variational | loss | loss of Variational | fit, s | of " +
            "Variational, s |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        double last = 0;
        for (int size = LeastSize; size <= MostSize; size++)
        {
            Measured sphere = Measure(catalog.Hyperspherical("Code", "Pixels", new HypersphericalOptions
            {
                CodeSize = size,
                Network = Layers,
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Training = Training,
            }));
            Measured normal = Measure(catalog.Variational("Code", "Pixels", new VariationalOptions
            {
                CodeSize = size,
                Network = Layers,
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Training = Training,
            }));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {size} | {sphere.Accuracy:0.0000} " +
                $"| {normal.Accuracy:0.0000} | {sphere.Loss:0.0} | {normal.Loss:0.0} " +
                $"| {sphere.Seconds:0} | {normal.Seconds:0} |"));
            last = sphere.Accuracy;
        }
        if (last >= Bound)
            return 0;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Hyperspherical codes of {MostSize} numbers are read right {last:0.0000} of the time; it must be " +
            $"at least {Bound}."));
        return 1;

        Measured Measure(AutoencoderEstimator estimator)
        {
            var watch = Stopwatch.StartNew();
            using AutoencoderTransformer model = estimator.Fit(training, test);
            double seconds = watch.Elapsed.TotalSeconds;
            double accuracy = FeatureScore.Neighbors(model.Transform(training), model.Transform(test));
            return new(accuracy, model.History[^1].Validation!.Total, seconds);
        }
    }

    private static Network Layers => Network.Dense(256, 128);

    private static TrainingOptions Training => new() { Epochs = 10, BatchSize = 128, LearningRate = 1e-3f, Seed = 1 };

    private sealed record Measured(double Accuracy, double Loss, double Seconds);
}
