using System.Diagnostics;

namespace ScoreWithOnnx;

/// <summary>How long a way to codes takes, and some of what it gives.</summary>
/// <param name="Way">Its name.</param>
/// <param name="MicrosecondsOfOne">The median time of a single row.</param>
/// <param name="RowsASecond">Of many rows, from the median time of all.</param>
/// <param name="Codes">Those of the first rows.</param>
/// <param name="HasTorch">Whether a native library of torch is in the process.</param>
internal sealed record Timing(string Way, double MicrosecondsOfOne, double RowsASecond, float[][] Codes, bool HasTorch)
{
    private const int Shown = 100;
    private const int Singles = 5000;
    private const int Rounds = 9;

    /// <summary>Measures a way after a round that does not count.</summary>
    public static Timing Measure(string way, Func<float[], float[]> one, Func<float[][], float[][]> many,
        float[][] rows)
    {
        double[] singles = Times(Singles, i => one(rows[i % rows.Length]));
        double[] batches = Times(Rounds, _ => many(rows));
        bool hasTorch = Process.GetCurrentProcess().Modules.Cast<ProcessModule>()
            .Any(module => module.ModuleName.Contains("torch_cpu", StringComparison.Ordinal));
        return new Timing(way, 1e6 * Median(singles), rows.Length / Median(batches),
            [.. many(rows).Take(Shown)], hasTorch);
    }

    public float DifferenceFrom(Timing other) =>
        Codes.Zip(other.Codes).SelectMany(codes => codes.First.Zip(codes.Second, (a, b) => Math.Abs(a - b)))
            .Aggregate(MathF.Max);

    private static double[] Times<T>(int count, Func<int, T> action)
    {
        var times = new double[count];
        for (int i = -count; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = action(i + count);
            times[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return times;
    }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return times[times.Length / 2];
    }
}
