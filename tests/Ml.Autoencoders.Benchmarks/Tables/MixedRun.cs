using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>Detectors on orders in which numbers stand beside categories, one in fifty of them
/// for a product that its region does not sell: each value is usual, and only the two together are not.</summary>
internal static class MixedRun
{
    private const int Seeds = 3;
    private const double LeastArea = 0.95;
    private const double LeastNamed = 0.9;

    /// <summary>0 where the areas under the ROC curve and the share of the reasons that name the pair are large
    /// enough.</summary>
    public static int Run()
    {
        Figures[] usual = [.. Enumerable.Range(0, Seeds).Select(seed => Measure(seed, givesReasons: false))];
        Figures[] reasoned = [.. Enumerable.Range(0, Seeds).Select(seed => Measure(seed, givesReasons: true))];
        (double area, double named) = (reasoned.Average(seed => seed.Area), reasoned.Average(seed => seed.Named));
        (double usualArea, double usualNamed) = (usual.Average(seed => seed.Area), usual.Average(seed => seed.Named));
        Console.WriteLine("| | measured | at least |\n|---|---|---|");
        Print("no option set: area under the ROC curve", usualArea, LeastArea);
        Print("no option set: pairs whose two columns have the largest parts in the score",
            usualNamed, LeastNamed);
        Print("with reasons: area under the ROC curve", area, LeastArea);
        Print("with reasons: pairs whose two columns have the largest reasons", named, LeastNamed);
        return Math.Min(area, usualArea) >= LeastArea && Math.Min(named, usualNamed) >= LeastNamed ? 0 : 1;
    }

    private static Figures Measure(int seed, bool givesReasons)
    {
        var ml = new MLContext(seed);
        Order[] orders = Order.Make(5_000, seed);
        IDataView rows = ml.Data.LoadFromEnumerable(orders);
        AutoencoderAnomalyOptions options = givesReasons
            ? new() { ReasonsColumnName = "Why", MissingValues = MissingValueHandling.LeaveOut }
            : new() { ColumnErrorsColumnName = "Why" };
        var pipeline = ml.AnomalyDetection.Trainers.Autoencoder(
            [nameof(Order.Numbers), nameof(Order.Region), nameof(Order.Product), nameof(Order.Channel)], options);
        using TransformerChain<AutoencoderAnomalyTransformer> model = pipeline.Fit(rows);
        IDataView scored = model.Transform(rows);
        double area = ml.AnomalyDetection.Evaluate(scored).AreaUnderRocCurve;
        string[] columns = NamesIn(scored.Schema["Why"]);
        double share = scored.GetColumn<float[]>("Why").Zip(orders)
            .Where(row => row.Second.Label == 1).Average(row => NamesPair(columns, row.First) ? 1.0 : 0);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {seed}{(givesReasons ? ", with reasons" : "")}: area {area:0.000}, pairs named {share:0.000}"));
        return new Figures(area, share);
    }

    private static string[] NamesIn(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static bool NamesPair(string[] columns, float[] parts) => columns.Zip(parts)
        .OrderByDescending(column => column.Second).Take(2).Select(column => column.First)
        .Order().SequenceEqual([nameof(Order.Product), nameof(Order.Region)]);

    private static void Print(string what, double found, double least) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {what} | {found:0.000}{(found < least ? ", MISSED" : "")} | {least:0.00} |"));

    private sealed record Figures(double Area, double Named);

    private sealed class Order
    {
        private const int Regions = 6;
        private const int Products = 8;
        private const int Channels = 3;
        private const double AnomalyShare = 0.02;

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];

        public string Region { get; set; } = "";

        public string Product { get; set; } = "";

        public string Channel { get; set; } = "";

        /// <summary>1 where the region does not sell the product.</summary>
        public float Label { get; set; }

        public static Order[] Make(int count, int seed)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, count).Select(_ => Next(random))];
        }

        /// <summary>Each region sells half of the products, and each product is sold in half of the regions.</summary>
        private static Order Next(Random random)
        {
            int region = random.Next(Regions);
            bool isAnomaly = random.NextDouble() < AnomalyShare;
            int product = (region + random.Next(Products / 2) * 2 + (isAnomaly ? 1 : 0)) % Products;
            int channel = random.Next(Channels);
            double size = random.NextDouble();
            return new Order
            {
                Region = $"r{region}",
                Product = $"p{product}",
                Channel = $"c{channel}",
                Numbers =
                [
                    (float)(100 * (1 + product) * (0.5 + size)),
                    (float)(20 + 30 * size + 5 * random.NextDouble()),
                    (float)random.NextDouble(),
                ],
                Label = isAnomaly ? 1 : 0,
            };
        }
    }
}
