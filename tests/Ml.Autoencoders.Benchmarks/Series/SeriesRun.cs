using System.Diagnostics;
using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>Anomalies in series.</summary>
internal static class SeriesRun
{
    private const string Learned = ", first rows";

    /// <param name="arguments"><c>--data FOLDER</c> for the setting beside published figures, <c>search --data
    /// FOLDER</c> for what it was chosen from; <c>search</c> may be followed by words, one of which a name
    /// has.</param>
    public static int Run(string[] arguments) => arguments switch
    {
        ["--data", var folder] => Setting(new GzipFolder(folder)),
        ["search", .. var words, "--data", var folder] => Search(new GzipFolder(folder), words),
        _ => Usage(),
    };

    private static int Setting(GzipFolder folder)
    {
        PublishedVolumes published = PublishedVolumes.Read(folder);
        var board = new VolumeBoard();
        foreach (string name in folder.Names())
        {
            LabeledSeries series = LabeledSeries.Read(folder, name);
            foreach (SeriesScorer scorer in new[] { SeriesSetting.Detector, SeriesSetting.Pca })
            {
                Add(scorer, scorer.Name, series.Values.Length);
                Add(scorer, scorer.Name + Learned, published.Learned(name));
            }
            Add(SeriesScorer.Residual, SeriesScorer.Residual.Name, series.Values.Length);
            foreach (string method in PublishedVolumes.Methods)
                board.Add(method, name, published.Of(method, name));

            void Add(SeriesScorer scorer, string column, int learned) => board.Add(column, name,
                [.. scorer.On(series, learned, SeriesSetting.Way).Select(volumes => volumes[0])]);
        }
        board.Print();
        return new VolumeBounds(board).Check();
    }

    private static int Search(GzipFolder folder, string[] words)
    {
        WindowWay[] ways = Enum.GetValues<WindowWay>();
        LabeledSeries[] all = [.. folder.Names().Select(name => LabeledSeries.Read(folder, name))];
        Console.WriteLine($"| | {string.Join(" | ", ways)} | single seeds | series, by {SeriesSetting.Way} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", ways.Length + 3))}");
        foreach (SeriesScorer scorer in SeriesCandidates.All.Where(each => words.Length == 0 ||
            Array.Exists(words, word => each.Name.Contains(word, StringComparison.Ordinal))))
        {
            var clock = Stopwatch.StartNew();
            // By series, seed and way.
            double[][][] volumes = [.. all.Select(series => scorer.On(series, series.Values.Length, ways))];
            IEnumerable<double> means = ways.Select((_, way) => volumes.Average(each => each.Average(of => of[way])));
            int chosen = Array.IndexOf(ways, SeriesSetting.Way);
            double[] seeds = [.. Enumerable.Range(0, scorer.Seeds).Select(seed =>
                volumes.Average(each => each[seed][chosen]))];
            string spread = Numbers([seeds.Min(), seeds.Max()], " to ");
            string bySeries = Numbers(volumes.Select(each => each.Average(of => of[chosen])), " ");
            Console.WriteLine($"| {scorer.Name} | {Numbers(means, " | ")} | {spread} | {bySeries} |");
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s"));
        }
        return 0;
    }

    private static string Numbers(IEnumerable<double> values, string between) =>
        string.Join(between, values.Select(value => value.ToString("0.000", CultureInfo.InvariantCulture)));

    private static int Usage()
    {
        Console.Error.WriteLine("series --data FOLDER | search [WORD...] --data FOLDER | oracle --data FOLDER");
        return 2;
    }
}
