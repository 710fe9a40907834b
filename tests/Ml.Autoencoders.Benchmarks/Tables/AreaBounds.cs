using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>What the default has to reach: more than any published method on average over both protocols, and as much
/// in each as the best setting of this library's detectors before it had that default.</summary>
/// <param name="board">What was measured.</param>
/// <param name="published">The figures of others.</param>
internal sealed class AreaBounds(AreaBoard board, PublishedAreas published)
{
    private static readonly string[] Ours = ["ae-default", "ae-std", "vae-std"];

    private int _missed;

    /// <summary>Prints each bound; 0 where all are met.</summary>
    public int Check()
    {
        Areas own = board.Mean(Scorer.Default.Name);
        Console.WriteLine("Bounds for the default:\n\n| | at least | measured |\n|---|---|---|");
        (string best, double most) = Best(published.Methods, areas => areas.Mean);
        Print($"mean of both protocols, above {best}", most, own.Mean);
        (string first, double unsupervised) = Best(Ours, areas => areas.Unsupervised);
        Print($"unsupervised, {first}", unsupervised, own.Unsupervised);
        (string second, double semiSupervised) = Best(Ours, areas => areas.SemiSupervised);
        Print($"semi-supervised, {second}", semiSupervised, own.SemiSupervised);
        return _missed == 0 ? 0 : 1;
    }

    private (string Method, double Area) Best(IEnumerable<string> methods, Func<Areas, double> protocol) => methods
        .Select(method => (method, protocol(published.Mean(method, board.Sets)))).MaxBy(entry => entry.Item2);

    private void Print(string name, double bound, double value)
    {
        bool isMissed = value < bound;
        _missed += isMissed ? 1 : 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {bound:0.0000} | {value:0.0000}{(isMissed ? ", MISSED" : "")} |"));
    }
}
