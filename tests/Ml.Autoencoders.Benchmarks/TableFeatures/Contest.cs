using System.Globalization;
using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>Measures contestants before judges, on the sets of a folder.</summary>
/// <param name="sets">The sets.</param>
internal sealed class Contest(TableSets sets)
{
    private const int Seeds = 3;

    public ScoreBoard Scores { get; } = new();

    /// <summary>Measures on every set.</summary>
    /// <param name="split">Rows to learn from and rows to judge by, by the seed.</param>
    /// <param name="entries">Measures those who take part, by the split and a function that measures one of them before
    /// judges and returns how many features it made.</param>
    public void Run(Func<MLContext, LabeledTable, int, Split> split,
        Action<Split, Func<Contestant, Judge[], int>> entries)
    {
        foreach (string set in sets.Names())
        {
            foreach (int seed in Enumerable.Range(1, Seeds))
            {
                var ml = new MLContext(seed);
                Split rows = split(ml, sets.Load(ml, set), seed);
                entries(rows, (contestant, judges) => Measure(ml, set, rows, seed, contestant, judges));
            }
        }
    }

    private int Measure(MLContext ml, string set, Split rows, int seed, Contestant contestant, Judge[] judges)
    {
        (LabeledFeatures learned, LabeledFeatures judged, TimeSpan fit) = contestant.Make(ml, rows, seed);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{set}, seed {seed}: {contestant.Name}, {learned.Width} wide, {fit.TotalSeconds:0.0} s"));
        Scores.Add(contestant.Name, fit);
        LabeledFeatures all = learned.At(rows.All);
        LabeledFeatures few = learned.At(rows.Few);
        foreach (Judge judge in judges)
        {
            Scores.Add(new(contestant.Name, judge.Name), set,
                new(judge.Accuracy(all, judged), judge.Accuracy(few, judged)));
        }
        return learned.Width;
    }
}
