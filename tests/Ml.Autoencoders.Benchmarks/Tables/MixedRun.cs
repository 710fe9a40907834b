using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>The detector with no option set on orders in which numbers stand beside categories, one in fifty of them
/// for a product that its region does not sell: each value is usual, and only the two together are not.</summary>
internal static class MixedRun
{
    private const int Seeds = 3;
    private const double LeastArea = 0.95;
    private const double LeastNamed = 0.9;

    /// <summary>0 where the area under the ROC curve and the share of the reasons that name the pair are large
    /// enough.</summary>
    public static int Run()
    {
        (double Area, double Named)[] figures = [.. Enumerable.Range(0, Seeds).Select(Measure)];
        double area = figures.Average(seed => seed.Area), named = figures.Average(seed => seed.Named);
        Console.WriteLine("| | measured | at least |\n|---|---|---|");
        Print("area under the ROC curve", area, LeastArea);
        Print("impossible pairs whose two columns have the largest parts in the score", named, LeastNamed);
        return area >= LeastArea && named >= LeastNamed ? 0 : 1;
    }

    private static (double Area, double Named) Measure(int seed)
    {
        var ml = new MLContext(seed);
        Order[] orders = Order.Make(5_000, seed);
        IDataView rows = ml.Data.LoadFromEnumerable(orders);
        var pipeline = ml.Transforms.Categorical.OneHotEncoding(
            [new(nameof(Order.Region)), new(nameof(Order.Product)), new(nameof(Order.Channel))])
            .Append(ml.Transforms.Concatenate("Features", nameof(Order.Numbers), nameof(Order.Region),
                nameof(Order.Product), nameof(Order.Channel)))
            .Append(ml.AnomalyDetection.Trainers.Autoencoder("Features", new() { FeatureErrorsColumnName = "Why" }));
        using TransformerChain<AutoencoderAnomalyTransformer> model = pipeline.Fit(rows);
        IDataView scored = model.Transform(rows);
        double area = ml.AnomalyDetection.Evaluate(scored).AreaUnderRocCurve;
        string[] columns = ColumnsOf(scored.Schema["Why"]);
        bool[] named = [.. scored.GetColumn<float[]>("Why").Zip(orders)
            .Where(row => row.Second.Label == 1).Select(row => NamesPair(columns, row.First))];
        double share = named.Average(names => names ? 1.0 : 0);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {seed}: area {area:0.000}, pairs named {share:0.000}"));
        return (area, share);
    }

    /// <summary>The table's column that each slot is from: of a number the slot's name, of a category what stands
    /// before the point, as in <c>Region.r0</c>.</summary>
    private static string[] ColumnsOf(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString()).Select(name =>
            name.StartsWith(nameof(Order.Numbers), StringComparison.Ordinal) ? name : name.Split('.')[0])];
    }

    private static bool NamesPair(string[] columns, float[] parts) => columns.Zip(parts)
        .GroupBy(slot => slot.First, slot => slot.Second)
        .OrderByDescending(slots => slots.Sum()).Take(2).Select(slots => slots.Key)
        .Order().SequenceEqual([nameof(Order.Product), nameof(Order.Region)]);

    private static void Print(string what, double found, double least) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {what} | {found:0.000}{(found < least ? ", MISSED" : "")} | {least:0.00} |"));

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
