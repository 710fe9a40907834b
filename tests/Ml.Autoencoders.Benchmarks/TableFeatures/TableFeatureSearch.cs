namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>
/// The settings of the classifiers and what the preset was chosen from, judged on a quarter of the training rows, three
/// times. No test row is read.
/// </summary>
internal static class TableFeatureSearch
{
    private const int RandomWidth = 512;

    /// <summary>Prints the figures by which the settings were chosen.</summary>
    public static int Run(TableSets sets)
    {
        Console.WriteLine("Classifiers, on training rows held back:\n");
        PrintBest(Print(sets, (split, measure) =>
        {
            measure(Contestant.Raw, Judges.LinearTried);
            measure(Contestant.Unscaled, Judges.BoostedTried);
            measure(Contestant.Random(split.Columns, RandomWidth, withRow: true), Judges.LinearTried);
            measure(Contestant.Preset, Judges.LinearTried);
        }));
        Console.WriteLine("What the preset was chosen from:\n");
        ScoreBoard candidates = Print(sets, (_, measure) =>
        {
            foreach (Contestant candidate in TableFeatureCandidates.All)
                measure(candidate, [Judges.Logistic]);
        });
        Console.WriteLine($"Best on average: {candidates.Entries.MaxBy(Worth(candidates)).Contestant}.");
        return 0;
    }

    private static ScoreBoard Print(TableSets sets, Action<Split, Func<Contestant, Judge[], int>> entries)
    {
        var contest = new Contest(sets);
        contest.Run(Split.OfTraining, entries);
        contest.Scores.Print();
        return contest.Scores;
    }

    private static Func<Entry, double> Worth(ScoreBoard scores) =>
        entry => scores.Mean(entry).All + scores.Mean(entry).Few;

    /// <summary>The setting of each classifier that is best on average over all labels and few, whatever stands
    /// before it.</summary>
    private static void PrintBest(ScoreBoard scores)
    {
        foreach (IGrouping<string, Entry> kind in scores.Entries.GroupBy(entry => entry.Judge.Split(',')[0]))
        {
            IGrouping<string, Entry> best = kind.GroupBy(entry => entry.Judge)
                .MaxBy(entries => entries.Average(Worth(scores)))!;
            Console.WriteLine($"Best on average: {best.Key}, {Accuracy.Mean([.. best.Select(scores.Mean)])}.");
        }
        Console.WriteLine();
    }
}
