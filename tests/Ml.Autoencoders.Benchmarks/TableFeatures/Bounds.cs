using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>What the preset has to be worth, beside others.</summary>
internal sealed class Bounds(ScoreBoard scores, string judge)
{
    private int _missed;

    private Entry Preset => new(Contestant.Preset.Name, judge);

    /// <summary>Prints each bound; 0 where all are met.</summary>
    public int Check()
    {
        Console.WriteLine($"Gains of the preset before {judge}, on average over all sets:\n");
        Console.WriteLine("| above | all labels, at least | | few labels, at least | |\n|---|---|---|---|---|");
        Gain("LightGBM on raw columns", new(Contestant.Unscaled.Name, Judges.Boosted.Name), new(0.015, 0.02));
        foreach (Entry random in scores.Entries.Where(entry => entry.Judge == judge
            && entry.Contestant.StartsWith(Contestant.RandomName, StringComparison.Ordinal)))
        {
            Gain(random.Contestant, random, new(0.005, 0.005));
        }
        Gain(Contestant.Untrained.Name, new(Contestant.Untrained.Name, judge), new(0.005, 0.005));
        Gain(Contestant.Plain.Name, new(Contestant.Plain.Name, judge), new(0.05, 0.05));
        ((string allSet, double all), (string fewSet, double few)) =
            scores.Worst(Preset, new(Contestant.Raw.Name, judge));
        Print($"raw columns, worst set ({allSet}; {fewSet})", new(all, few), new(-0.03, -0.05));
        return _missed == 0 ? 0 : 1;
    }

    private void Gain(string name, Entry other, Accuracy least) =>
        Print(name, scores.Mean(Preset) - scores.Mean(other), least);

    private void Print(string name, Accuracy gain, Accuracy least)
    {
        Console.WriteLine($"| {name} | {Cells(gain.All, least.All)} | {Cells(gain.Few, least.Few)} |");
        string Cells(double value, double bound)
        {
            bool isMissed = value < bound;
            _missed += isMissed ? 1 : 0;
            return string.Create(CultureInfo.InvariantCulture, $"{100 * bound:0.0} | {100 * value:0.0}") +
                (isMissed ? ", MISSED" : "");
        }
    }
}
