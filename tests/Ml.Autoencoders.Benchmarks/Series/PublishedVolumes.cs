using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>Figures of TSB-AD for each series: the table of the page beside them.</summary>
internal sealed class PublishedVolumes
{
    /// <summary>Methods that are shown.</summary>
    public static readonly string[] Methods = ["AutoEncoder", "Sub-PCA", "KShapeAD", Residual];

    /// <summary>That which is also computed here.</summary>
    public const string Residual = "SR";

    private readonly Dictionary<string, string[]> _lines;
    private readonly string[] _header;

    private PublishedVolumes(string[] header, IEnumerable<string[]> lines)
    {
        _header = header;
        _lines = lines.ToDictionary(cells => cells[0]);
    }

    public static PublishedVolumes Read(GzipFolder folder)
    {
        string[][] lines = [.. File.ReadLines(Path.Combine(folder.Path, "README.md"))
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
        string[] header = Array.Find(lines, cells => cells[0] == "series") ??
            throw new InvalidDataException($"README.md in {folder.Path} has no table with the column 'series'.");
        return new PublishedVolumes(header, lines.Where(cells => cells.Length == header.Length));
    }

    public double Of(string method, string series) => Number(method, series);

    /// <summary>The first rows of a series, which detectors may learn from that need normal ones.</summary>
    public int Learned(string series) => (int)Number("train", series);

    private double Number(string column, string series)
    {
        int index = Array.IndexOf(_header, column);
        return index >= 0 && _lines.TryGetValue(series, out string[]? cells)
            ? double.Parse(cells[index], CultureInfo.InvariantCulture)
            : throw new InvalidDataException($"README.md has no figure of '{column}' for the series '{series}'.");
    }
}
