using System.Diagnostics;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Two ways to compute the same, in turns, judged round by round: what slows the machine for a while slows both.
/// </summary>
/// <param name="Theirs">Microseconds per row, the median.</param>
/// <param name="Ours">Microseconds per row, the median.</param>
/// <param name="Gain">Theirs over ours, the median of the rounds.</param>
/// <param name="Low">A quarter of the rounds gained less.</param>
/// <param name="High">A quarter of the rounds gained more.</param>
/// <param name="Work">The median gain in time of processors, which other work on the machine does not stretch.</param>
internal sealed record Duel(double Theirs, double Ours, double Gain, double Low, double High, double Work)
{
    /// <summary>Batches of one turn.</summary>
    private const int Batches = 10;

    private const int Rounds = 31;

    /// <summary>The runtime compiles a method that is called often once more, and better, somewhat later.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static Duel Of(int rows, Action theirs, Action ours)
    {
        var (slow, fast) = (new List<Spent>(), new List<Spent>());
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < WarmUp;)
        {
            theirs();
            ours();
        }
        for (int round = 0; round < Rounds; round++)
        {
            slow.Add(Measure(theirs));
            fast.Add(Measure(ours));
        }
        double[] gains = [.. slow.Zip(fast, (their, our) => their.Seconds / our.Seconds).Order()];
        return new Duel(PerRow(slow), PerRow(fast), gains[Rounds / 2], gains[Rounds / 4], gains[Rounds * 3 / 4],
            Race.Median([.. slow.Zip(fast, (their, our) => their.Work / our.Work)]));

        double PerRow(List<Spent> spent) =>
            Race.Median(spent.ConvertAll(one => one.Seconds)) / rows / Batches * 1e6;
    }

    private static Spent Measure(Action batch)
    {
        TimeSpan worked = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Batches; i++)
            batch();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Spent(seconds, (Environment.CpuUsage.TotalTime - worked).TotalSeconds);
    }

    private readonly record struct Spent(double Seconds, double Work);
}
