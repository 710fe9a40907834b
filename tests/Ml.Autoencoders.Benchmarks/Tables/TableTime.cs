using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>How long a fit of the default and the scores of its rows take.</summary>
internal static class TableTime
{
    private const int Rows = 10_000;
    private const int Columns = 20;
    private const double Bound = 10;

    /// <summary>0 where it is within the bound.</summary>
    public static int Run()
    {
        var ml = new MLContext(1);
        IDataView rows = View(ml);
        var clock = Stopwatch.StartNew();
        using AutoencoderAnomalyTransformer detector = ml.AnomalyDetection.Trainers.Autoencoder("Features").Fit(rows);
        double fit = clock.Elapsed.TotalSeconds;
        int scores = detector.Transform(rows).GetColumn<float>("Score").Count();
        double both = clock.Elapsed.TotalSeconds;
        bool isMissed = both > Bound;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{scores:N0} rows of {Columns} columns: fit {fit:0.0} s, scores {both - fit:0.0} s (bound {Bound:0} s)") +
            (isMissed ? ", MISSED" : ""));
        return isMissed ? 1 : 0;
    }

    /// <summary>Columns that depend on one another.</summary>
    private static IDataView View(MLContext ml)
    {
        var random = new Random(1);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(_ => Draw(random)).ToArray());
    }

    private static Row Draw(Random random)
    {
        float last = 0;
        return new Row { Features = [.. Enumerable.Range(0, Columns).Select(_ => last += random.NextSingle() - 0.5f)] };
    }

    private sealed class Row
    {
        [VectorType(Columns)]
        public float[] Features { get; set; } = [];
    }
}
