using System.Diagnostics;
using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>The time a row of fits of more and more rows, two epochs each, reading included.</summary>
internal static class LinearCost
{
    private static readonly int[] Sizes = [15_000, 60_000, 240_000];

    private const int Rounds = 9;
    private const double MaxSpread = 1.15;

    /// <summary>0 where the dearest size takes at most 15 percent more a row than the cheapest.</summary>
    public static int Run()
    {
        var ml = new MLContext(1);
        Fit(ml, Sizes[0]);
        var times = Sizes.ToDictionary(size => size, _ => new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            foreach (int size in Sizes)
                times[size].Add(Fit(ml, size));
        }
        double[] medians = [.. Sizes.Select(size => Race.Median(times[size]))];
        foreach ((int size, double median) in Sizes.Zip(medians))
            Console.WriteLine($"{size,8:N0} rows {median,8:N2} us/row   (median of {Rounds}, taking turns)");
        Console.WriteLine($"dearest over cheapest {medians.Max() / medians.Min():N3} (bound {MaxSpread})");
        return medians.Max() / medians.Min() <= MaxSpread ? 0 : 1;
    }

    /// <summary>Microseconds a row.</summary>
    private static double Fit(MLContext ml, int rows)
    {
        IDataView view = RandomRows.View(ml, rows);
        long start = Stopwatch.GetTimestamp();
        TrainingContest.Dense.Estimator(ml.Transforms.Autoencoders, 2).Fit(view).Dispose();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / rows;
    }
}
