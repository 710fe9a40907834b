namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>What stands before a classifier of tables.</summary>
internal static class TableFeatureRun
{
    /// <param name="arguments"><c>--data FOLDER</c> for the contest on test rows, <c>search --data FOLDER</c> for the
    /// choice of settings on training rows, <c>cost</c>, <c>digits</c>.</param>
    public static int Run(string[] arguments) => arguments switch
    {
        ["--data", var folder] => OnTest(new(folder)),
        ["--data", var folder, "--categories", var names] => OnTest(new(folder, names.Split(','))),
        ["search", "--data", var folder] => TableFeatureSearch.Run(new(folder)),
        ["cost"] => TableFeatureCost.Run(),
        ["digits"] => HiddenDigits.Run(),
        _ => Usage(),
    };

    /// <summary>0 where every bound is met.</summary>
    private static int OnTest(TableSets sets)
    {
        Judge[] linear = [Judges.Logistic];
        Judge[] both = [Judges.Logistic, Judges.Sdca];
        var contest = new Contest(sets);
        contest.Run(Split.OfTest, (split, measure) =>
        {
            int width = measure(Contestant.Preset, [.. both, Judges.Boosted]) - split.Columns;
            measure(Contestant.Untrained, linear);
            measure(Contestant.Random(split.Columns, width, withRow: false), linear);
            measure(Contestant.Random(split.Columns, width, withRow: true), linear);
            measure(Contestant.Plain, linear);
            measure(Contestant.Pca(split.Columns), linear);
            measure(Contestant.Raw, both);
            measure(Contestant.Unscaled, [Judges.Boosted]);
        });
        Console.WriteLine("Accuracy on test rows, all labels and few, the means of three seeds:\n");
        contest.Scores.Print();
        return new Bounds(contest.Scores, Judges.Logistic.Name).Check();
    }

    private static int Usage()
    {
        Console.Error.WriteLine("table-features --data FOLDER [--categories SET,SET] | search --data FOLDER | cost | " +
            "digits");
        return 2;
    }
}
