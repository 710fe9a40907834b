using Microsoft.ML;
using Samples;

namespace CleanImages;

/// <summary>Noisy digits as files, cleaned into files.</summary>
internal sealed class DenoisingStation(MLContext ml, DigitFiles files, Settings settings)
{
    // The best of several, as the benchmark "denoising" finds them.
    private const int MedianSize = 3;
    private const double GaussianSigma = 1;

    public void Run()
    {
        int height = files.Height;
        int width = files.Width;
        string[] noisyFiles = files.Write("noisy", Noise.AddKeras(files.Test, Settings.Seed), height, width);

        var cleaner = new PictureCleaner(ml, new PictureFormat(width, height));
        string model = Display.Training("denoising", progress =>
        {
            string path = files.PathOf("cleaner.zip");
            cleaner.Learn(files.Training, Noise.Named(Noise.Keras)!, settings.Training(progress.Epoch), path);
            return path;
        });
        float[][] cleaned = [.. cleaner.Clean(model, noisyFiles, files.PathOf("clean")).Select(PictureFiles.ReadGray)];

        float[][] noisy = [.. noisyFiles.Select(PictureFiles.ReadGray)];
        files.Compare("Digits with noise of standard deviation 0.5, cleaned", "cleaned.png",
            ("noisy", noisy),
            ($"median, {MedianSize} x {MedianSize}", ImageFilters.Median(noisy, height, width, MedianSize)),
            ("Gaussian, levels restored",
                ImageFilters.RestoreLevels(ImageFilters.Gaussian(noisy, height, width, GaussianSigma),
                    Noise.KerasLift)),
            ("autoencoder", cleaned));
    }
}
