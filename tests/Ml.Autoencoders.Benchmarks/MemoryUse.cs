using System.Globalization;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>The greatest resident memory of a process that fits, over that of one that has only loaded torch and computed a product.</summary>
internal static class MemoryUse
{
    private const int Rows = 60_000;
    private const double MostOverData = 350;

    /// <summary>0 where it is within data once and 350 MiB, 1 where it is not.</summary>
    public static int Run()
    {
        double idle = Measure(0);
        double fit = Measure(Rows);
        double data = (double)Rows * RandomRows.Width * sizeof(float) / (1 << 20);
        Console.WriteLine($"idle {idle:N0} MiB, fit {fit:N0} MiB: the data, {data:N0} MiB, and {fit - idle - data:N0} MiB more (bound {MostOverData:N0})");
        return fit - idle - data <= MostOverData ? 0 : 1;
    }

    /// <summary>One process: prints its peak.</summary>
    public static int RunChild(string rows)
    {
        int count = int.Parse(rows, CultureInfo.InvariantCulture);
        var ml = new MLContext(1);
        if (count == 0)
            mm(rand(128, 128), rand(128, 128)).Dispose();
        else
            TrainingContest.Dense.Estimator(ml.Transforms.Autoencoders, 2).Fit(RandomRows.View(ml, count)).Dispose();
        Console.WriteLine(ProcessMemory.Peak.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Measure(int rows) =>
        double.Parse(ChildProcess.Run("memory-of", rows.ToString(CultureInfo.InvariantCulture))[^1], CultureInfo.InvariantCulture);
}
