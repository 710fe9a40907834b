using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>Areas by scorer and set.</summary>
internal sealed class AreaBoard
{
    private readonly Dictionary<(string Scorer, string Set), Areas> _areas = [];

    public string[] Scorers => [.. _areas.Keys.Select(key => key.Scorer).Distinct()];

    public string[] Sets => [.. _areas.Keys.Select(key => key.Set).Distinct()];

    public void Add(string scorer, string set, Areas areas) => _areas.Add((scorer, set), areas);

    public Areas Mean(string scorer) => Areas.MeanOf([.. Sets.Select(set => _areas[(scorer, set)])]);

    /// <summary>One protocol: a line for each set, those of <paramref name="published"/> beside.</summary>
    public void Print(Func<Areas, double> protocol, PublishedAreas published)
    {
        Console.WriteLine($"| set | {string.Join(" | ", Scorers.Concat(published.Methods))} |");
        int columns = 1 + Scorers.Length + published.Methods.Count;
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", columns))}");
        foreach (string set in Sets)
        {
            Line(set, Scorers.Select(scorer => _areas[(scorer, set)])
                .Concat(published.Methods.Select(method => published.Of(method, set))).Select(protocol), "0.000");
        }
        Line("**mean**", Scorers.Select(Mean)
            .Concat(published.Methods.Select(method => published.Mean(method, Sets))).Select(protocol), "0.0000");
        Console.WriteLine();
    }

    private static void Line(string name, IEnumerable<double> values, string format)
    {
        IEnumerable<string> cells = values.Select(value => value.ToString(format, CultureInfo.InvariantCulture));
        Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
    }
}
