using System.Diagnostics;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Contestants that take turns, so that a slow moment of the machine meets all of them, judged by their medians.
/// </summary>
internal sealed class Race
{
    private readonly List<(string Name, int Rows, Action Run)> _contestants = [];

    /// <param name="name">For the table.</param>
    /// <param name="rows">Rows that one run works through.</param>
    /// <param name="run">One run.</param>
    public void Add(string name, int rows, Action run) => _contestants.Add((name, rows, run));

    /// <summary>
    /// Runs each once to warm up and then <paramref name="rounds"/> times, and prints rows per second
    /// and ratios to the first.
    /// </summary>
    /// <returns>Rows a second of each, in the order in which they were added.</returns>
    public double[] Run(int rounds)
    {
        var seconds = _contestants.ConvertAll(_ => new List<double>());
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < _contestants.Count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                _contestants[i].Run();
                if (round >= 0)
                    seconds[i].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }
        double[] rates = [.. _contestants.Select((contestant, i) => contestant.Rows / Median(seconds[i]))];
        Console.WriteLine($"{"",-56} {"rows/s",12} {"us/row",10} {"ratio",8}   (medians of {rounds}, taking turns)");
        for (int i = 0; i < _contestants.Count; i++)
            Console.WriteLine(
                $"{_contestants[i].Name,-56} {rates[i],12:N0} {1e6 / rates[i],10:N1} {rates[i] / rates[0],8:N2}");
        return rates;
    }

    public static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
