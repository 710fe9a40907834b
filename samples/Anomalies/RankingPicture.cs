using Ml.Autoencoders.Plots;

namespace Anomalies;

/// <summary>The highest scores, from the top, and the threshold: rows above it are colored by their largest
/// reason.</summary>
internal static class RankingPicture
{
    private const int Drawn = 100;

    public static void Draw(ScoredMachine[] ranked, string[] columns, float threshold, string folder)
    {
        var plot = new ScatterPlot
        {
            Title = $"The {Drawn} highest scores of {ranked.Length:N0} machines, and the largest reason of anomalies",
            XTitle = "rank",
            YTitle = "score",
            PointSize = 9,
            Width = 900,
            Height = 480,
        };
        plot.AddLevel("threshold", threshold);
        (int Rank, ScoredMachine Machine)[] machines = [.. ranked.Take(Drawn).Select((machine, i) => (i + 1, machine))];
        // Each column keeps its color, whichever of them are reasons.
        for (int column = 0; column < columns.Length; column++)
            Add(columns[column], machines.Where(row => row.Machine.PredictedLabel && row.Machine.Worst == column));
        Add("no anomaly", machines.Where(row => !row.Machine.PredictedLabel));
        string path = Path.Combine(folder, "machines.png");
        plot.Save(path);
        Console.WriteLine($"Drew {path}.");

        void Add(string label, IEnumerable<(int Rank, ScoredMachine Machine)> rows)
        {
            float[][] points = [.. rows.Select(row => new[] { row.Rank, row.Machine.Score })];
            // A point without a place leaves its label in the legend.
            plot.AddPoints(label, points is [] ? [[float.NaN, float.NaN]] : points);
        }
    }
}
