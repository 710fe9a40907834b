using System.Diagnostics;
using CleanImages;
using Microsoft.ML;
using Microsoft.ML.Data;
using Samples.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// How much of noise of standard deviation 0.5, clipped to the range of pixels, is taken off the test digits of MNIST
/// by filters, each at its best for these very digits, and by autoencoders that never saw them.
/// </summary>
internal static class DenoisingQuality
{
    private const double AboveNoisy = 9;
    private const double AboveFilters = 3;
    private const int Pairs = 5000;

    private static readonly int[] MedianSizes = [3, 5, 7];
    private static readonly double[] GaussianSigmas = [0.5, 0.625, 0.75, 0.875, 1, 1.25];
    private static readonly Network Dense = Network.Dense([1024, 512], Activation.Relu, batchNorm: true);

    public static int Run()
    {
        var ml = new MLContext(1);
        Mnist digits = Mnist.Load(Mnist.Embedded, rows: null);
        int height = digits.Height;
        int width = digits.Width;
        float[][] clean = [.. digits.Test.Select(digit => digit.Pixels)];
        float[][] noisy = Noise.AddKeras(clean, seed: 1);

        var report = new ImageQualityReport(clean, height, width);
        ImageQualityReport.PrintHeader();
        ImageMeasures before = report.Print("noisy", noisy);
        (string Name, float[][] Pictures)[] medians =
            [.. MedianSizes.Select(size => ($"median, {size} x {size}",
                ImageFilters.Median(noisy, height, width, size)))];
        (string Name, float[][] Pictures)[] bells =
            [.. GaussianSigmas.Select(sigma => ($"Gaussian, sigma {sigma}",
                ImageFilters.Gaussian(noisy, height, width, sigma)))];
        ImageMeasures[] filters = [report.PrintBest(medians), report.PrintBest(Restored(medians)),
            report.PrintBest(bells), report.PrintBest(Restored(bells))];

        IDataView training = View(ml, [.. digits.Training.Select(digit => digit.Pixels)], height, width, seed: 2);
        float[][] Clean(DenoisingOptions options, IDataView rows)
        {
            using AutoencoderTransformer model = ml.Transforms.Autoencoders.Denoising("Code",
                options.TargetColumnName is null ? "Clean" : "Noisy", options).Fit(rows);
            return model.Reconstruct(noisy);
        }
        var clock = Stopwatch.StartNew();
        ImageMeasures dense = report.Print("dense autoencoder", Clean(DenseOptions(epochs: 10), training));
        TimeSpan denseTime = clock.Elapsed;
        clock.Restart();
        ImageMeasures convolutional = report.Print("convolutional autoencoder",
            Clean(ConvolutionalOptions(height, width, epochs: 5), training));
        TimeSpan convolutionalTime = clock.Elapsed;

        IDataView few = ml.Data.TakeRows(training, Pairs);
        report.Print($"convolutional, {Pairs:N0} digits, fresh noise",
            Clean(ConvolutionalOptions(height, width, epochs: 10), few));
        report.Print($"convolutional, {Pairs:N0} digits, pairs",
            Clean(ConvolutionalOptions(height, width, epochs: 10, "Clean"), few));

        Console.WriteLine($"dense {denseTime.TotalSeconds:N0} s, convolutional {convolutionalTime.TotalSeconds:N0} s");
        ImageMeasures filter = filters.MinBy(measures => measures.MeanSquaredError)!;
        foreach (ImageMeasures ours in new[] { dense, convolutional })
        {
            report.Require(ours, before, AboveNoisy);
            report.Require(ours, filter, AboveFilters);
        }
        return report.ExitCode;
    }

    /// <summary>
    /// Clipped noise draws levels together, which no mean of pixels undoes, and the autoencoder learns to.
    /// </summary>
    private static IEnumerable<(string Name, float[][] Pictures)> Restored(
        IEnumerable<(string Name, float[][] Pictures)> filtered) =>
        filtered.Select(one => ($"{one.Name}, levels restored",
            ImageFilters.RestoreLevels(one.Pictures, Noise.KerasLift)));

    private static DenoisingOptions DenseOptions(int epochs) => new()
    {
        CodeSize = 128,
        Network = Dense,
        Loss = ReconstructionLoss.BinaryCrossEntropy,
        Corruption = Noise.Named(Noise.Keras)!,
        Training = Training(epochs, batchSize: 256, learningRate: 2e-3f),
    };

    /// <param name="height">Of a picture.</param>
    /// <param name="width">Of a picture.</param>
    /// <param name="epochs">Passes over the rows.</param>
    /// <param name="target">A column of clean rows, where those to encode are noisy already.</param>
    private static DenoisingOptions ConvolutionalOptions(int height, int width, int epochs, string? target = null) =>
        new()
        {
            CodeSize = SpatialNetwork.DenoisingCodeSize(height, width),
            Network = SpatialNetwork.Denoising(channels: 1, height, width),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Corruption = target is null ? Noise.Named(Noise.Keras)! : Corruption.None,
            TargetColumnName = target,
            Training = Training(epochs, batchSize: 128, learningRate: 3e-3f),
        };

    private static TrainingOptions Training(int epochs, int batchSize, float learningRate) => new()
    {
        Epochs = epochs,
        BatchSize = batchSize,
        LearningRate = learningRate,
        Optimizer = OptimizerKind.AdamW,
        Schedule = LearningRateSchedule.Cosine(),
    };

    private static IDataView View(MLContext ml, float[][] clean, int height, int width, int seed)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Pair));
        schema[nameof(Pair.Clean)].ColumnType = schema[nameof(Pair.Noisy)]
            .ColumnType = new VectorDataViewType(NumberDataViewType.Single, height * width);
        return ml.Data.LoadFromEnumerable(clean.Zip(Noise.AddKeras(clean, seed),
            (pixels, noisy) => new Pair { Clean = pixels, Noisy = noisy }).ToArray(), schema);
    }

    /// <summary>A digit, and the same with noise that stays.</summary>
    private sealed class Pair
    {
        public float[] Clean { get; set; } = [];

        public float[] Noisy { get; set; } = [];
    }
}
