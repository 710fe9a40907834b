using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>A series with labels, of a file with the columns timestamp, value and label.</summary>
/// <param name="Values">The values.</param>
/// <param name="Labels">Whether each row is an anomaly.</param>
internal sealed record LabeledSeries(double[] Values, bool[] Labels)
{
    public static LabeledSeries Read(GzipFolder folder, string name)
    {
        var values = new List<double>();
        var labels = new List<bool>();
        using TextReader reader = folder.Source(name).OpenTextReader(0);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            values.Add(double.Parse(cells[1], CultureInfo.InvariantCulture));
            labels.Add(cells[2] == "1");
        }
        return new LabeledSeries([.. values], [.. labels]);
    }
}
