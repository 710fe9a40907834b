using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Samples.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Fits to rows that are more than the memory that they may take: what ten times as many add to the peak,
/// and what shuffling by way of a buffer costs in error and time, on digits in MNIST's order and on digits
/// sorted by what they show.
/// </summary>
internal static class StreamedFits
{
    private const string Child = "streamed-fit";
    private const int Rows = 60_000;
    private const int Factor = 10;
    private const int MemoryMegabytes = 64;
    private const double MaxGrowth = 1.10;

    private const int Epochs = 5;

    /// <summary>All rows are 179 MiB.</summary>
    private static readonly int[] Megabytes = [4096, 64, 16, 4];

    private static readonly int[] Seeds = [1, 2, 3];

    /// <returns>0 where memory stays flat, 1 where it does not.</returns>
    public static int Run()
    {
        double few = Peak(Rows);
        double many = Peak(Factor * Rows);
        Console.WriteLine(
            $"peak with {MemoryMegabytes} MiB for rows: {few:N0} MiB over {Rows:N0} rows, {many:N0} MiB over " +
            $"{Factor * Rows:N0}: {many / few:N3} (bound {MaxGrowth:N2})");
        Console.WriteLine();

        var ml = new MLContext(1);
        Mnist digits = Mnist.Load(Mnist.Embedded, rows: null);
        IDataView View(IEnumerable<Digit> rows) =>
            ml.Data.LoadFromEnumerable(rows, Digit.Schema(digits.Height * digits.Width));
        IDataView test = View(digits.Test);
        Console.WriteLine(
            $"{"order of the rows",-20} {"memory, MiB",12} {"rows kept",10} {"test MSE",10} {"ratio",8} " +
            $"{"s/epoch",8} {"ratio",8}   ({Epochs} epochs, {Seeds.Length} seeds: mean error, median time, taking " +
            "turns)");
        foreach ((string order, Digit[] rows) in new[]
        {
            ("MNIST's", digits.Training),
            ("sorted by digit", [.. digits.Training.OrderBy(row => row.Number)]),
        })
        {
            var fits = Megabytes.ToDictionary(megabytes => megabytes, _ => new List<(double Error, double Seconds)>());
            foreach (int seed in Seeds)
            {
                foreach (int megabytes in Megabytes)
                    fits[megabytes].Add(Fit(ml, View(rows), test, megabytes, seed));
            }
            (double wholeError, double wholeSeconds) = Summarize(fits[Megabytes[0]]);
            foreach (int megabytes in Megabytes)
            {
                (double error, double seconds) = Summarize(fits[megabytes]);
                long kept = Math.Min(rows.Length, megabytes * (1L << 20) / (rows[0].Pixels.Length * sizeof(float)));
                Console.WriteLine(
                    $"{order,-20} {megabytes,12:N0} {kept,10:N0} {error,10:N5} {error / wholeError,8:N3} " +
                    $"{seconds,8:N2} {seconds / wholeSeconds,8:N2}");
            }
        }
        return many / few <= MaxGrowth ? 0 : 1;
    }

    /// <summary>One process: prints its peak.</summary>
    public static int RunChild(string rows)
    {
        var ml = new MLContext(1);
        Estimator(ml, 1, MemoryMegabytes, seed: 1)
            .Fit(RandomRows.View(ml, int.Parse(rows, CultureInfo.InvariantCulture))).Dispose();
        Console.WriteLine(ProcessMemory.Peak.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Peak(int rows) =>
        double.Parse(ChildProcess.Run(Child, rows.ToString(CultureInfo.InvariantCulture))[^1],
            CultureInfo.InvariantCulture);

    private static (double Error, double SecondsAnEpoch) Fit(MLContext ml, IDataView rows, IDataView test,
        int megabytes, int seed)
    {
        long start = Stopwatch.GetTimestamp();
        using AutoencoderTransformer model = Estimator(ml, Epochs, megabytes, seed).Fit(rows);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / Epochs;
        return (model.Transform(test).GetColumn<float>("Error").Average(), seconds);
    }

    private static (double Error, double Seconds) Summarize(List<(double Error, double Seconds)> fits) =>
        (fits.Average(fit => fit.Error), Race.Median([.. fits.Select(fit => fit.Seconds)]));

    private static AutoencoderEstimator Estimator(MLContext ml, int epochs, int megabytes, int seed) =>
        ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 32,
            Network = Network.Dense(128, 64),
            ErrorColumnName = "Error",
            Training = new()
            {
                Epochs = epochs,
                BatchSize = PlainLoop.BatchRows,
                RowMemoryMegabytes = megabytes,
                Seed = seed,
            },
        });
}
