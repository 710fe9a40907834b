using System.Globalization;
using Ml.Autoencoders.Benchmarks.TableFeatures;

namespace Ml.Autoencoders.Benchmarks.Series.Movements;

/// <summary>
/// Codes of windows of movements, fitted without labels, before a linear classifier with few, beside PCA and the
/// windows themselves.
/// </summary>
internal static class MovementRun
{
    private const int TestTrials = 3;
    private const int SearchTrials = 2;
    private const double LeastGain = 0.03;

    /// <summary>No seed of one kind of trials reaches those of the other.</summary>
    private const int SearchSeed = 1000;

    private const int TestSeed = 2_000_000;

    private static readonly Judge[] Judges = [Judge.Logistic(1), Judge.Boosted(5)];

    /// <returns>0 where codes are worth as much more than PCA to a linear classifier as they have to be.</returns>
    public static int Run()
    {
        MovementTrial[] trials = Trials(TestTrials, TestSeed);
        PrintHead();
        Print(MovementFeatures.Raw, trials);
        double gain = -Print(MovementFeatures.Pca, trials) + Print(MovementFeatures.Codes, trials);
        bool holds = gain >= LeastGain;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\ncodes over PCA: {gain:0.000}   at least {LeastGain}: {(holds ? "holds" : "MISSED")}"));
        return holds ? 0 : 1;
    }

    /// <summary>What the codes were chosen from, on windows of other seeds.</summary>
    public static int Search()
    {
        MovementTrial[] trials = Trials(SearchTrials, SearchSeed);
        PrintHead();
        foreach (MovementFeatures features in MovementFeatures.Tried)
            Print(features, trials);
        return 0;
    }

    private static MovementTrial[] Trials(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => new MovementTrial(seed + i * MovementTrial.Seeds))];

    private static void PrintHead()
    {
        Console.WriteLine("accuracy on fresh windows, the mean over draws of labels and its deviation\n");
        Console.WriteLine($"| features | {string.Join(" | ", Judges.Select(judge => judge.Name))} | " +
            "the first for each fit |");
        Console.WriteLine($"|---|---|{string.Concat(Judges.Select(_ => "---|"))}");
    }

    /// <returns>The mean accuracy of the linear classifier.</returns>
    private static double Print(MovementFeatures features, MovementTrial[] trials)
    {
        double[][][] all = [.. trials.Select(trial => trial.Accuracies(features, Judges))];
        double[][] ofJudges =
            [.. Judges.Select((_, judge) => all.SelectMany(accuracies => accuracies[judge]).ToArray())];
        Console.WriteLine($"| {features.Name} | {string.Join(" | ", ofJudges.Select(Text))} | " +
            string.Join(", ", all.Select(ofTrial => Number(ofTrial[0].Average()))) + " |");
        return ofJudges[0].Average();
    }

    private static string Text(double[] accuracies)
    {
        double mean = accuracies.Average();
        double deviation = Math.Sqrt(accuracies.Average(accuracy => (accuracy - mean) * (accuracy - mean)));
        return $"{Number(mean)} ± {Number(deviation)}";
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
