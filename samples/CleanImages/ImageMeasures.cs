using Ml.Autoencoders.Evaluation;

namespace CleanImages;

/// <summary>How near gray pictures are to what they should be.</summary>
/// <param name="Name">What made the pictures.</param>
/// <param name="PeakSignalToNoiseRatio">In decibels; the mean over pictures.</param>
/// <param name="RatioOfMean">The peak signal-to-noise ratio that belongs to <paramref name="MeanSquaredError"/>: a
/// picture that is far off counts for more than in a mean of ratios.</param>
/// <param name="StructuralSimilarity">The mean over pictures.</param>
/// <param name="MeanSquaredError">The mean over pictures.</param>
internal sealed record ImageMeasures(string Name, double PeakSignalToNoiseRatio, double RatioOfMean,
    double StructuralSimilarity, double MeanSquaredError)
{
    public static ImageMeasures Of(string name, IReadOnlyList<float[]> references, IReadOnlyList<float[]> images,
        int height, int width)
    {
        (float[] First, float[] Second)[] pairs = [.. references.Zip(images)];
        double error = pairs.Average(pair => ImageQuality.MeanSquaredError(pair.First, pair.Second));
        return new ImageMeasures(name,
            pairs.Average(pair => ImageQuality.PeakSignalToNoiseRatio(pair.First, pair.Second)),
            -10 * Math.Log10(error),
            pairs.Average(pair => ImageQuality.StructuralSimilarity(pair.First, pair.Second, height, width)),
            error);
    }
}
