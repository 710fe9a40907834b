using System.Globalization;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// The greatest resident memory of a process that fits, over that of one that has only loaded torch and computed a
/// product.
/// </summary>
internal static class MemoryUse
{
    private const int Rows = 60_000;
    private const double MaxOverData = 350;
    private static readonly float[] HeldOut = [0, 0.1f];

    /// <summary>0 where fits are within data once and 350 MiB, 1 where they are not.</summary>
    public static int Run()
    {
        double idle = Measure(0, 0);
        double data = (double)Rows * RandomRows.Width * sizeof(float) / (1 << 20);
        bool isWithin = true;
        foreach (float held in HeldOut)
        {
            double fit = Measure(Rows, held);
            isWithin &= fit - idle - data <= MaxOverData;
            Console.WriteLine(
                $"validation fraction {held}: idle {idle:N0} MiB, fit {fit:N0} MiB: the data, {data:N0} MiB, and " +
                $"{fit - idle - data:N0} MiB more (bound {MaxOverData:N0})");
        }
        return isWithin ? 0 : 1;
    }

    /// <summary>One process: prints its peak.</summary>
    public static int RunChild(string rows, string held)
    {
        int count = int.Parse(rows, CultureInfo.InvariantCulture);
        var ml = new MLContext(1);
        if (count == 0)
            mm(rand(128, 128), rand(128, 128)).Dispose();
        else
            TrainingContest.Dense.Estimator(ml.Transforms.Autoencoders, 2,
                float.Parse(held, CultureInfo.InvariantCulture)).Fit(RandomRows.View(ml, count)).Dispose();
        Console.WriteLine(ProcessMemory.Peak.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Measure(int rows, float held) => double.Parse(
        ChildProcess.Run("memory-of", rows.ToString(CultureInfo.InvariantCulture),
            held.ToString(CultureInfo.InvariantCulture))[^1], CultureInfo.InvariantCulture);
}
