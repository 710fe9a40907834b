using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>A table with anomalies as arrays, of which cells can be removed.</summary>
/// <param name="Rows">The numbers.</param>
/// <param name="IsAnomaly">Of each row.</param>
/// <param name="IsLearned">Of each split, whether a row is one to learn from.</param>
internal sealed record GapTable(float[][] Rows, bool[] IsAnomaly, bool[][] IsLearned)
{
    /// <summary>Reads a set with the columns of an <see cref="AnomalyTable"/>.</summary>
    public static GapTable Load(GzipFolder folder, string name)
    {
        using TextReader reader = folder.Source(name).OpenTextReader(0);
        int columns = reader.ReadLine()!.Split(',').Length - AnomalyTable.Splits - 1;
        var lines = new List<float[]>();
        while (reader.ReadLine() is { } line)
            lines.Add([.. line.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))]);
        return new GapTable([.. lines.Select(line => line[..columns])], [.. lines.Select(line => line[columns] > 0)],
            [.. Enumerable.Range(1, AnomalyTable.Splits).Select(split =>
                lines.Select(line => line[columns + split] > 0).ToArray())]);
    }

    /// <summary>The rows with a share of all cells made NaN, drawn from a seed.</summary>
    public float[][] WithGaps(double share, int seed)
    {
        var random = new Random(seed);
        return [.. Rows.Select(row => row.Select(cell => random.NextDouble() < share ? float.NaN : cell).ToArray())];
    }

    /// <summary>The rows, or what belongs to them, that a split learns from, or the others.</summary>
    public T[] Part<T>(IEnumerable<T> all, int split, bool isLearned) =>
        [.. all.Where((_, i) => IsLearned[split][i] == isLearned)];
}
