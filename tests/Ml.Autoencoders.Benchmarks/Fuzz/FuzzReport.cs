namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>What came of all inputs.</summary>
internal sealed class FuzzReport
{
    private const int MaxShown = 40;

    private static readonly string[] Outcomes =
        [Verdict.Refused.Outcome, Verdict.Same.Outcome, Verdict.Accepted.Outcome, Verdict.NotFinite.Outcome,
            Verdict.Violated];

    private readonly SortedDictionary<string, int[]> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];

    public int Violations => _violations.Count;

    public int Inputs => _counts.Values.Sum(counts => counts.Sum());

    public void Add(string kind, string mutation, string outcome)
    {
        string name = $"{kind}: {mutation}";
        if (!_counts.TryGetValue(name, out int[]? counts))
            _counts[name] = counts = new int[Outcomes.Length];
        counts[Array.IndexOf(Outcomes, outcome)]++;
    }

    /// <param name="kind">Of the input.</param>
    /// <param name="number">By which it can be made again.</param>
    /// <param name="mutation">What was done to it.</param>
    /// <param name="detail">What promise it breaks, and how.</param>
    /// <param name="file">Where it is kept.</param>
    public void AddViolation(string kind, int number, string mutation, string detail, string file)
    {
        Add(kind, mutation, Verdict.Violated);
        _violations.Add($"{kind} {number}, {mutation}: {detail} ({file})");
    }

    public void Print(TimeSpan elapsed)
    {
        Console.WriteLine($"| input | {string.Join(" | ", Outcomes)} |");
        Console.WriteLine($"|---|{string.Concat(Outcomes.Select(_ => "---|"))}");
        foreach ((string name, int[] counts) in _counts)
            Console.WriteLine($"| {name} | {string.Join(" | ", counts)} |");
        Console.WriteLine();
        foreach (string violation in _violations.Take(MaxShown))
            Console.WriteLine(violation);
        if (Violations > MaxShown)
            Console.WriteLine($"and {Violations - MaxShown} more");
        Console.WriteLine($"{Inputs} inputs in {elapsed.TotalSeconds:F0} s, {Violations} violations");
    }
}
