using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>The figures of other methods: the two tables of the page beside the sets, unsupervised first.</summary>
internal sealed class PublishedAreas
{
    /// <summary>The columns before the methods: set, rows, columns, anomalies.</summary>
    private const int Before = 4;

    private readonly Dictionary<(string Method, string Set), Areas> _areas = [];

    private PublishedAreas(string[] unsupervised, string[] semiSupervised)
    {
        Methods = Cells(unsupervised[0])[Before..];
        foreach ((string first, string second) in unsupervised.Zip(semiSupervised).Skip(2))
        {
            (string[] all, string[] normal) = (Cells(first), Cells(second));
            if (all[0] != normal[0] || all.Length != normal.Length)
                throw new InvalidDataException($"The tables do not have the same rows: {first} and {second}.");
            for (int i = Before; i < all.Length; i++)
                _areas.Add((Methods[i - Before], all[0]), new(Number(all[i]), Number(normal[i])));
        }
    }

    public IReadOnlyList<string> Methods { get; }

    public static PublishedAreas Read(GzipFolder folder)
    {
        string page = Path.Combine(folder.Path, "README.md");
        string[][] tables = [.. Tables(File.ReadLines(page))];
        return tables.Length == 2
            ? new PublishedAreas(tables[0], tables[1])
            : throw new InvalidDataException($"{page} has {tables.Length} tables of figures; expected 2.");
    }

    public Areas Of(string method, string set) => _areas[(method, set)];

    /// <summary>The means over sets.</summary>
    public Areas Mean(string method, IEnumerable<string> sets) =>
        Areas.MeanOf([.. sets.Select(set => Of(method, set))]);

    /// <summary>Lines that begin with a bar and follow one another.</summary>
    private static IEnumerable<string[]> Tables(IEnumerable<string> lines)
    {
        var table = new List<string>();
        foreach (string line in lines.Append(""))
        {
            if (line.StartsWith('|'))
            {
                // That of means is computed here, over the sets that were measured.
                if (!line.Contains("**", StringComparison.Ordinal))
                    table.Add(line);
            }
            else if (table.Count > 0)
            {
                yield return [.. table];
                table.Clear();
            }
        }
    }

    private static string[] Cells(string line) =>
        [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
