using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>VUS-PR by column and series.</summary>
internal sealed class VolumeBoard
{
    /// <summary>Over seeds.</summary>
    private readonly Dictionary<(string Column, string Series), double[]> _volumes = [];

    private IEnumerable<string> Columns => _volumes.Keys.Select(key => key.Column).Distinct();

    private IEnumerable<string> Series => _volumes.Keys.Select(key => key.Series).Distinct();

    public void Add(string column, string series, params double[] volumes) => _volumes.Add((column, series), volumes);

    public double Of(string column, string series) => _volumes[(column, series)].Average();

    public double Mean(string column) => Series.Average(series => Of(column, series));

    /// <summary>The least and the greatest of the means that single seeds have.</summary>
    public (double Least, double Greatest) Spread(string column)
    {
        double[][] volumes = [.. Series.Select(series => _volumes[(column, series)])];
        double[] means = [.. volumes[0].Select((_, seed) => volumes.Average(each => each[seed]))];
        return (means.Min(), means.Max());
    }

    /// <summary>The greatest difference of two columns.</summary>
    public double MostDifference(string column, string other) =>
        Series.Max(series => Math.Abs(Of(column, series) - Of(other, series)));

    /// <summary>A line for each series, and the means.</summary>
    public void Print()
    {
        Console.WriteLine($"| series | {string.Join(" | ", Columns)} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", Columns.Count() + 1))}");
        foreach (string series in Series)
            Line(series, column => Of(column, series));
        Line("**mean**", Mean);
        Console.WriteLine();
    }

    private void Line(string name, Func<string, double> value) => Console.WriteLine($"| {name} | " +
        string.Join(" | ", Columns.Select(column => value(column).ToString("0.000", CultureInfo.InvariantCulture))) +
        " |");
}
