namespace Ml.Autoencoders.Benchmarks;

/// <summary>A folder of tables, one in each gzipped file of comma-separated values.</summary>
/// <param name="Path">The folder.</param>
internal sealed record GzipFolder(string Path)
{
    private const string Ending = ".csv.gz";

    public IEnumerable<string> Names() => Directory.GetFiles(Path, "*" + Ending).Order(StringComparer.Ordinal)
        .Select(file => System.IO.Path.GetFileName(file)[..^Ending.Length]);

    public GzipSource Source(string name) => new(System.IO.Path.Combine(Path, name + Ending));
}
