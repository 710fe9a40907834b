using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>
/// The greatest resident memory of a process that fits on windows of a long series, over that of one that has only
/// loaded torch and computed a product.
/// </summary>
internal static class SeriesMemory
{
    private const int Rows = 1_000_000;
    private const int Channels = 8;
    private const int Length = 60;
    private const double Most = 400;

    /// <summary>0 where the fit is within the bound, 1 where it is not.</summary>
    public static int Run()
    {
        double idle = Measure(0), fit = Measure(Rows);
        double series = (double)Rows * Channels * sizeof(float) / (1 << 20);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Rows:N0} rows of {Channels} numbers ({series:N0} MiB) in windows of {Length} ({Length * series:N0} ") +
            string.Create(CultureInfo.InvariantCulture,
                $"MiB if each were kept), default options, one epoch: idle {idle:N0} MiB, fit {fit:N0} MiB, ") +
            string.Create(CultureInfo.InvariantCulture,
                $"{fit - idle:N0} MiB more (bound {Most}){(fit - idle <= Most ? "" : ", MISSED")}"));
        return fit - idle <= Most ? 0 : 1;
    }

    /// <summary>One process: prints its peak.</summary>
    public static int RunChild(string rows)
    {
        int count = int.Parse(rows, CultureInfo.InvariantCulture);
        var ml = new MLContext(1);
        if (count == 0)
        {
            mm(rand(128, 128), rand(128, 128)).Dispose();
        }
        else
        {
            IDataView data = ml.Data.LoadFromEnumerable(Make(count));
            IDataView windows = ml.Transforms.SlidingWindow("Window", ["Readings"], Length).Fit(data).Transform(data);
            ml.Transforms.Autoencoders.Plain("Code", "Window", new() { Training = new() { Epochs = 1 } })
                .Fit(windows).Dispose();
        }
        Console.WriteLine(ProcessMemory.Peak.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Measure(int rows) => double.Parse(
        ChildProcess.Run("series-memory-of", rows.ToString(CultureInfo.InvariantCulture))[^1],
        CultureInfo.InvariantCulture);

    /// <summary>Made when they are read, so that the source takes no memory.</summary>
    private static IEnumerable<Reading> Make(int count)
    {
        var random = new Random(1);
        var reading = new Reading();
        for (int row = 0; row < count; row++)
        {
            for (int channel = 0; channel < Channels; channel++)
                reading.Readings[channel] = MathF.Sin(0.01f * (channel + 1) * row) + 0.1f * random.NextSingle();
            yield return reading;
        }
    }

    private sealed class Reading
    {
        [VectorType(Channels)]
        public float[] Readings { get; set; } = new float[Channels];
    }
}
