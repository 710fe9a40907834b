using System.Diagnostics;
using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>Anomalies in tables.</summary>
internal static class TableRun
{
    /// <param name="arguments"><c>--data FOLDER</c> for the default beside published figures, <c>search --data
    /// FOLDER</c> for what it was chosen from, <c>gaps --data FOLDER</c> for rows with missing values, <c>mixed</c> for
    /// numbers beside categories, <c>time</c> for how long it takes.</param>
    public static int Run(string[] arguments) => arguments switch
    {
        ["--data", var folder] => Default(new GzipFolder(folder)),
        ["search", "--data", var folder] => Search(new GzipFolder(folder)),
        ["gaps", "--data", var folder] => GapRun.Run(new GzipFolder(folder)),
        ["mixed"] => MixedRun.Run(),
        ["time"] => TableTime.Run(),
        _ => Usage(),
    };

    /// <summary>Measures scorers on all sets of a folder.</summary>
    public static AreaBoard Measure(GzipFolder folder, params IEnumerable<Scorer> scorers)
    {
        var board = new AreaBoard();
        foreach (string set in folder.Names())
        {
            foreach (Scorer scorer in scorers)
            {
                var clock = Stopwatch.StartNew();
                Areas areas = scorer.On(folder, set);
                board.Add(scorer.Name, set, areas);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{set}: {scorer.Name} {areas.Unsupervised:0.000} {areas.SemiSupervised:0.000}, ") +
                    string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s"));
            }
        }
        return board;
    }

    /// <summary>0 where every bound is met.</summary>
    private static int Default(GzipFolder folder)
    {
        PublishedAreas published = PublishedAreas.Read(folder);
        AreaBoard board = Measure(folder, Scorer.Default, Scorer.Mahalanobis);
        Console.WriteLine("Area under the ROC curve. Fitted to all rows and judged by the same:\n");
        board.Print(areas => areas.Unsupervised, published);
        Console.WriteLine("Fitted to half of the normal rows, judged by the others:\n");
        board.Print(areas => areas.SemiSupervised, published);
        return new AreaBounds(board, published).Check();
    }

    private static int Search(GzipFolder folder)
    {
        AreaBoard board = Measure(folder, DetectorCandidates.All);
        Console.WriteLine("| | unsupervised | semi-supervised | mean |\n|---|---|---|---|");
        foreach (string name in board.Scorers)
        {
            Areas areas = board.Mean(name);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {areas.Unsupervised:0.000} | {areas.SemiSupervised:0.000} | {areas.Mean:0.000} |"));
        }
        return 0;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("tables --data FOLDER | search --data FOLDER | gaps --data FOLDER | mixed | time");
        return 2;
    }
}
