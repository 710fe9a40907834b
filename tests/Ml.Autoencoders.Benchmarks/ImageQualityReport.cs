using CleanImages;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Test pictures made better in several ways, as a table, and whether learning is as much better as it has to be.
/// </summary>
internal sealed class ImageQualityReport(IReadOnlyList<float[]> clean, int height, int width)
{
    private bool _passes = true;

    /// <summary>0 where every requirement was met, 1 where one was not.</summary>
    public int ExitCode => _passes ? 0 : 1;

    public static void PrintHeader() => Console.WriteLine("""
        | pictures | PSNR, dB | PSNR of mean MSE | SSIM | MSE |
        |---|---|---|---|---|
        """);

    /// <summary>Adds a line to the table.</summary>
    public ImageMeasures Print(string name, IReadOnlyList<float[]> pictures)
    {
        ImageMeasures measures = ImageMeasures.Of(name, clean, pictures, height, width);
        Console.WriteLine(
            $"| {measures.Name} | {measures.PeakSignalToNoiseRatio:0.00} | {measures.RatioOfMean:0.00} | " +
            $"{measures.StructuralSimilarity:0.000} | {measures.MeanSquaredError:0.00000} |");
        return measures;
    }

    /// <summary>Adds the line of the one with the least error.</summary>
    public ImageMeasures PrintBest(IEnumerable<(string Name, float[][] Pictures)> candidates)
    {
        (string name, float[][] pictures) =
            candidates.MinBy(candidate => ImageMeasures.Of(candidate.Name, clean, candidate.Pictures, height, width)
                .MeanSquaredError);
        return Print(name, pictures);
    }

    /// <summary>Says by how much one is better than another, in whichever of the two ratios it is less.</summary>
    public void Require(ImageMeasures ours, ImageMeasures other, double decibels)
    {
        double gain = Math.Min(ours.PeakSignalToNoiseRatio - other.PeakSignalToNoiseRatio,
            ours.RatioOfMean - other.RatioOfMean);
        bool passes = gain >= decibels;
        _passes &= passes;
        Console.WriteLine(
            $"{(passes ? "PASS" : "FAIL")}: {ours.Name} is {gain:0.00} dB above {other.Name}; at least {decibels:0} " +
            "dB are asked for");
    }
}
