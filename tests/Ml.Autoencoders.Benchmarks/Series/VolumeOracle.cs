using System.Diagnostics;
using System.Globalization;
using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>Volumes under the surface beside those that the authors' code gives.</summary>
internal static class VolumeOracle
{
    private const string FileName = "vus.csv";
    private const double Tolerance = 1e-3;

    private const int TimedRows = 20_000;
    private const int TimedWindow = 250;
    private const double MostSeconds = 3;

    /// <param name="folder">Series, and <c>vus.csv</c>: series, rows, anomalous, window, score, vus_pr, vus_roc,
    /// auc_pr.</param>
    /// <returns>1 where a figure differs, or the time is too long.</returns>
    public static int Run(GzipFolder folder)
    {
        Console.WriteLine("Measured here, and the difference from the figure of the authors' code:\n");
        Console.WriteLine("| series | score | window | VUS-PR | | VUS-ROC | | AUC-PR | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        int missed = 0;
        int compared = 0;
        foreach (string line in File.ReadLines(Path.Combine(folder.Path, FileName)).Skip(1))
        {
            string[] cells = line.Split(',');
            compared++;
            missed += IsNear(LabeledSeries.Read(folder, cells[0]), cells) ? 0 : 1;
        }
        Console.WriteLine($"\n{compared} scores, {missed} with a figure that differs by more than {Tolerance}.");
        return compared > 0 && missed == 0 && IsFast() ? 0 : 1;
    }

    private static bool IsNear(LabeledSeries series, string[] cells)
    {
        string score = cells[4];
        int window = int.Parse(cells[3], CultureInfo.InvariantCulture);
        SeriesMeasures measures =
            SeriesQuality.Measure(OracleScores.Of(score, series.Values), series.Labels, window);
        double[] figures = [measures.VolumeUnderPrecisionRecallSurface, measures.VolumeUnderRocSurface,
            measures.AreaUnderPrecisionRecallCurve];
        double[] differences = [.. figures.Select((figure, i) =>
            figure - double.Parse(cells[5 + i], CultureInfo.InvariantCulture))];
        bool isNear = measures.Rows == int.Parse(cells[1], CultureInfo.InvariantCulture) &&
            measures.AnomalousRows == int.Parse(cells[2], CultureInfo.InvariantCulture) &&
            Array.TrueForAll(differences, difference => Math.Abs(difference) <= Tolerance);
        IEnumerable<string> shown = figures.Zip(differences, (figure, difference) => string.Create(
            CultureInfo.InvariantCulture, $"{figure:0.000000} | {difference:+0.000000;-0.000000;0}"));
        Console.WriteLine($"| {cells[0]} | {score} | {window} | {string.Join(" | ", shown)} |" +
            (isNear ? "" : " MISSED"));
        return isNear;
    }

    /// <summary>One in ten rows is an anomaly, in 20 events.</summary>
    private static bool IsFast()
    {
        float[] scores = OracleScores.Of("random", new double[TimedRows]);
        bool[] labels = [.. scores.Select((_, i) => i % 1000 >= 900)];
        var clock = Stopwatch.StartNew();
        SeriesQuality.VolumeUnderPrecisionRecallSurface(scores, labels, TimedWindow);
        double seconds = clock.Elapsed.TotalSeconds;
        bool isFast = seconds <= MostSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"VUS-PR of {TimedRows:N0} rows with window {TimedWindow}: {seconds:0.000} s (at most {MostSeconds} s)") +
            (isFast ? "" : ", MISSED"));
        return isFast;
    }
}
