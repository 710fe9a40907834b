using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>Accuracies by entry and set, the means over the seeds.</summary>
internal sealed class ScoreBoard
{
    private readonly Dictionary<(Entry Entry, string Set), List<Accuracy>> _scores = [];

    private readonly Dictionary<string, List<TimeSpan>> _fits = [];

    private IEnumerable<string> Sets => _scores.Keys.Select(key => key.Set).Distinct();

    public IEnumerable<Entry> Entries => _scores.Keys.Select(key => key.Entry).Distinct();

    /// <summary>Adds how long a fit took.</summary>
    public void Add(string contestant, TimeSpan fit)
    {
        if (!_fits.TryGetValue(contestant, out List<TimeSpan>? fits))
            _fits.Add(contestant, fits = []);
        fits.Add(fit);
    }

    public void Add(Entry entry, string set, Accuracy accuracy)
    {
        if (!_scores.TryGetValue((entry, set), out List<Accuracy>? seeds))
            _scores.Add((entry, set), seeds = []);
        seeds.Add(accuracy);
    }

    public Accuracy Of(Entry entry, string set) => Accuracy.Mean(_scores[(entry, set)]);

    public Accuracy Mean(Entry entry) => Accuracy.Mean([.. Sets.Select(set => Of(entry, set))]);

    /// <summary>The set on which <paramref name="entry"/> loses most to <paramref name="other"/>, by all labels and by
    /// few.</summary>
    public ((string Set, double Gain) All, (string Set, double Gain) Few) Worst(Entry entry, Entry other)
    {
        (string Set, Accuracy Gain)[] gains = [.. Sets.Select(set => (set, Of(entry, set) - Of(other, set)))];
        (string allSet, Accuracy all) = gains.MinBy(gain => gain.Gain.All);
        (string fewSet, Accuracy few) = gains.MinBy(gain => gain.Gain.Few);
        return ((allSet, all.All), (fewSet, few.Few));
    }

    public void Print()
    {
        string[] sets = [.. Sets];
        Console.WriteLine($"| features | classifier | {string.Join(" | ", sets)} | **mean** | a fit |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", sets.Length + 4))}");
        foreach (Entry entry in Entries)
        {
            string cells = string.Join(" | ", sets.Select(set => Of(entry, set)));
            double seconds = _fits[entry.Contestant].Average(fit => fit.TotalSeconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {entry.Contestant} | {entry.Judge} | {cells} | **{Mean(entry)}** | {seconds:0.0} s |"));
        }
        Console.WriteLine();
    }
}
