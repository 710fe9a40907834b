using System.Diagnostics;
using CleanImages;
using Microsoft.ML;
using Samples.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Test digits of MNIST made half as high and wide, and enlarged again: by interpolation, and by an autoencoder.
/// </summary>
internal static class SuperResolution
{
    private const int Factor = 2;
    private const double AboveBicubic = 1;

    public static int Run()
    {
        var ml = new MLContext(1);
        Mnist digits = Mnist.Load(Mnist.Embedded, rows: null);
        float[][] large = [.. digits.Test.Select(digit => digit.Pixels)];
        float[][] small = ImageFilters.Shrink(large, digits.Height, digits.Width, Factor);
        int height = digits.Height / Factor;
        int width = digits.Width / Factor;

        var report = new ImageQualityReport(large, digits.Height, digits.Width);
        ImageQualityReport.PrintHeader();
        report.Print("nearest", ImageFilters.EnlargeNearest(small, height, width, Factor));
        ImageMeasures bicubic = report.Print("bicubic", ImageFilters.EnlargeBicubic(small, height, width, Factor));

        var clock = Stopwatch.StartNew();
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
        {
            CodeSize = SpatialNetwork.EnlargingCodeSize(height, width),
            Network = SpatialNetwork.Enlarging(height, width),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Corruption = Corruption.Downscale(Factor),
            Image = new ImageFormat(digits.Height, digits.Width),
            Training = new()
            {
                Epochs = 3,
                LearningRate = 3e-3f,
                Optimizer = OptimizerKind.AdamW,
                Schedule = LearningRateSchedule.Cosine(),
            },
        }).Fit(ml.Data.LoadFromEnumerable(digits.Training, Digit.Schema(digits.Height * digits.Width)));
        TimeSpan time = clock.Elapsed;
        ImageMeasures ours = report.Print("autoencoder", model.Reconstruct(small));
        Console.WriteLine($"{time.TotalSeconds:N0} s");
        report.Require(ours, bicubic, AboveBicubic);
        return report.ExitCode;
    }
}
