using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>What the setting has to reach, and how near the scores computed here have to come to published
/// ones.</summary>
/// <param name="board">What was measured, with the published figures.</param>
internal sealed class VolumeBounds(VolumeBoard board)
{
    private const double LeastMean = 0.40;
    private const double MostDifference = 0.02;

    private int _missed;

    /// <summary>Prints each bound; 0 where all are met.</summary>
    public int Check()
    {
        double mean = board.Mean(SeriesSetting.Detector.Name);
        (double least, double greatest) = board.Spread(SeriesSetting.Detector.Name);
        Print("The detector's mean is at least", mean, mean >= LeastMean, LeastMean);
        double pca = board.Mean(SeriesSetting.Pca.Name);
        Print("It is above that of PCA", mean, mean > pca, pca);
        double difference = board.MostDifference(SeriesScorer.Residual.Name, PublishedVolumes.Residual);
        Print("SR differs from the published figure of a series by at most", difference,
            difference <= MostDifference, MostDifference);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"The means of single seeds of the detector are from {least:0.000} to {greatest:0.000}."));
        return _missed == 0 ? 0 : 1;
    }

    private void Print(string name, double value, bool isMet, double bound)
    {
        _missed += isMet ? 0 : 1;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name} {bound:0.000}: {value:0.000}{(isMet ? "" : ", MISSED")}"));
    }
}
