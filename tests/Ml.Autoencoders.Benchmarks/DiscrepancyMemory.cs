using System.Diagnostics;
using System.Globalization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// What the loss terms take that compare every row of a batch with every other: peak memory over a process that has
/// only loaded torch, and the time of a pass forward and backward, by batch size. Codes have 32 numbers.
/// </summary>
internal static class DiscrepancyMemory
{
    private const int CodeSize = 32;

    /// <summary>MiB.</summary>
    private const double Most = 256;

    private static readonly string[] Terms = ["mmd", "total-correlation"];
    private static readonly int[] Batches = [128, 1024, 2048];

    /// <summary>0 where each is within 256 MiB, 1 where one is not.</summary>
    public static int Run()
    {
        double idle = Measure("idle", 2)[0];
        bool isWithin = true;
        Console.WriteLine($"codes of {CodeSize}                 memory      a pass");
        foreach (string term in Terms)
        {
            foreach (int batch in Batches)
            {
                double[] found = Measure(term, batch);
                double memory = found[0] - idle;
                isWithin &= memory <= Most;
                Console.WriteLine(FormattableString.Invariant(
                    $"{term,-18} batch {batch,5}  {memory,5:0} MiB  {found[1],8:0.00} ms   (bound {Most:0} MiB)"));
            }
        }
        return isWithin ? 0 : 1;
    }

    /// <summary>One process: prints its peak and the median time of a pass.</summary>
    /// <param name="term">The loss.</param>
    /// <param name="batch">Its rows.</param>
    /// <param name="count">How many passes.</param>
    public static int RunChild(string term, string batch, string count)
    {
        int rows = int.Parse(batch, CultureInfo.InvariantCulture);
        using var random = new Generator(1);
        using Tensor mean = empty([rows, CodeSize]).normal_(0, 1, random).requires_grad_();
        using Tensor logVariance = empty([rows, CodeSize]).normal_(-1, 0.5, random).requires_grad_();
        using Tensor noise = empty([rows, CodeSize]).normal_(0, 1, random);
        // The first pass loads code, and is told apart by the median.
        int passes = int.Parse(count, CultureInfo.InvariantCulture);
        double[] times = [.. Enumerable.Range(0, passes).Select(_ => Pass(term, mean, logVariance, noise)).Order()];
        Console.WriteLine(ProcessMemory.Peak.ToString(CultureInfo.InvariantCulture));
        Console.WriteLine(times[times.Length / 2].ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static Tensor TotalCorrelationOf(DiagonalGaussian<TorchArray> posterior, Tensor codes) =>
        Sum(TotalCorrelation.Decompose(posterior, codes, z => DiagonalGaussian<TorchArray>.StandardLogDensity(z)));

    private static double Pass(string term, Tensor mean, Tensor logVariance, Tensor noise)
    {
        using DisposeScope scope = NewDisposeScope();
        var watch = Stopwatch.StartNew();
        var posterior = new DiagonalGaussian<TorchArray>(mean, logVariance);
        Tensor loss = term switch
        {
            "mmd" => MaximumMeanDiscrepancy.Squared(
                posterior.Sample(noise), noise, MaximumMeanDiscrepancy.InverseMultiquadric(CodeSize)),
            "total-correlation" => TotalCorrelationOf(posterior, posterior.Sample(noise)),
            _ => mean.sum(),
        };
        loss.backward();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static Tensor Sum((Tensor Information, Tensor Correlation, Tensor Dimensions) parts) =>
        parts.Information + parts.Correlation + parts.Correlation + parts.Dimensions;

    private static double[] Measure(string term, int batch)
    {
        string[] lines = ChildProcess.Run("discrepancy-of", term, batch.ToString(CultureInfo.InvariantCulture),
            batch > 1000 ? "5" : "101");
        return [.. lines[^2..].Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }
}
