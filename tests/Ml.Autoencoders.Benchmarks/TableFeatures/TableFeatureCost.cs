using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>How long a fit of the preset takes.</summary>
internal static class TableFeatureCost
{
    private static readonly (int Rows, double Seconds)[] Bounds = [(200, 5), (10_000, 30)];

    private const int Columns = 30;

    /// <summary>0 where both sizes are within their bounds.</summary>
    public static int Run()
    {
        int missed = 0;
        foreach ((int rows, double bound) in Bounds)
        {
            var clock = Stopwatch.StartNew();
            var ml = new MLContext(1);
            DenoisingOptions options = DenoisingOptions.TableFeatures();
            ml.Transforms.Autoencoders.Denoising("Features", "Columns", options with
            {
                Training = options.Training with { OnEpoch = epoch => Console.Error.WriteLine(epoch) },
            }).Fit(View(ml, rows)).Dispose();
            bool isMissed = clock.Elapsed.TotalSeconds > bound;
            missed += isMissed ? 1 : 0;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{rows:N0} rows of {Columns} columns: {clock.Elapsed.TotalSeconds:0.0} s (bound {bound:0} s)") +
                (isMissed ? ", MISSED" : ""));
        }
        return missed == 0 ? 0 : 1;
    }

    /// <summary>Columns that depend on one another.</summary>
    private static IDataView View(MLContext ml, int count)
    {
        var random = new Random(1);
        Row[] rows = [.. Enumerable.Range(0, count).Select(_ => Draw(random))];
        return ml.Data.LoadFromEnumerable(rows);
    }

    private static Row Draw(Random random)
    {
        var row = new Row();
        row.Columns[0] = random.NextSingle();
        for (int i = 1; i < Columns; i++)
            row.Columns[i] = row.Columns[i - 1] + random.NextSingle();
        return row;
    }

    private sealed class Row
    {
        [VectorType(TableFeatureCost.Columns)]
        public float[] Columns { get; set; } = new float[TableFeatureCost.Columns];
    }
}
