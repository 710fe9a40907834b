using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>The sets of a folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Categorical">The names of those whose columns are categories by number.</param>
internal sealed record TableSets(GzipFolder Folder, string[] Categorical)
{
    public TableSets(string folder)
        : this(folder, ["housevotes84", "soybean"])
    {
    }

    public TableSets(string folder, string[] categorical)
        : this(new GzipFolder(folder), categorical)
    {
    }

    public IEnumerable<string> Names() => Folder.Names();

    public LabeledTable Load(MLContext ml, string name) =>
        LabeledTable.Load(ml, Folder.Source(name), name, Categorical.Contains(name));
}
