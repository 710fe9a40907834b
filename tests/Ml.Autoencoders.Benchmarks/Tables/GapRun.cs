using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>Detectors of tables from which cells were removed at random.</summary>
internal static class GapRun
{
    private static readonly string[] Sets = ["cardio", "ionosphere", "pendigits", "satellite", "wdbc"];
    private static readonly double[] Shares = [0.05, 0.2, 0.4];

    /// <summary>0 where leaving gaps out is not worse than the mean of each column, at each share on average over
    /// all sets, and fills gaps better than the mean and principal components.</summary>
    public static int Run(GzipFolder folder)
    {
        bool isMissed = false;
        foreach (double share in Shares)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{share:0%} of the cells missing, means of {AnomalyTable.Splits} choices of rows, cells, seeds:\n"));
            Console.WriteLine("| set | AUC, gaps left out | AUC, means | error of filled gaps | of means | of PCA |\n" +
                "|---|---|---|---|---|---|");
            var all = new List<GapFigures>();
            foreach (string set in Sets)
            {
                GapTable table = GapTable.Load(folder, set);
                all.Add(GapFigures.Mean([.. Enumerable.Range(0, AnomalyTable.Splits)
                    .Select(split => GapTrial.Run(table, share, split))]));
                Print(set, all[^1]);
            }
            var mean = GapFigures.Mean(all);
            Print("**mean**", mean);
            Console.WriteLine();
            isMissed |= Misses(mean.LeftOut >= mean.Replaced, "AUC, below that with means")
                | Misses(mean.Error < mean.ErrorOfMean, "error of filled gaps, not below that of the mean")
                | Misses(mean.Error < mean.ErrorOfPca, "error of filled gaps, not below that of PCA");
        }
        return isMissed ? 1 : 0;
    }

    private static bool Misses(bool isMet, string what)
    {
        if (!isMet)
            Console.WriteLine($"MISSED: {what}\n");
        return !isMet;
    }

    private static void Print(string name, GapFigures figures) => Console.WriteLine($"| {name} | " +
        string.Join(" | ", figures.All.Select(number => number.ToString("0.000", CultureInfo.InvariantCulture))) +
        " |");
}
