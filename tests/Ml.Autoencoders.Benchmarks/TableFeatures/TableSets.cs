using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>The sets of a folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Categorical">The names of those whose columns are categories by number.</param>
internal sealed record TableSets(string Folder, string[] Categorical)
{
    private const string Ending = ".csv.gz";

    public TableSets(string folder)
        : this(folder, ["housevotes84", "soybean"])
    {
    }

    public IEnumerable<string> Names() => Directory.GetFiles(Folder, "*" + Ending).Order(StringComparer.Ordinal)
        .Select(file => Path.GetFileName(file)[..^Ending.Length]);

    public LabeledTable Load(MLContext ml, string name) =>
        LabeledTable.Load(ml, Folder, name, Categorical.Contains(name));
}
