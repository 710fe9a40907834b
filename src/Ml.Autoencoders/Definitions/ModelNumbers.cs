namespace Ml.Autoencoders.Definitions;

/// <summary>
/// Every number of a model in managed memory, by name: for model files, and for scoring without torch.
/// </summary>
internal sealed class ModelNumbers
{
    private readonly Dictionary<string, Entry> _byName = new(StringComparer.Ordinal);

    /// <summary>In the order of the file.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>The numbers of a name; not to be written to once they are in use.</summary>
    public float[] this[string name] => _byName[name].Values;

    public void Add(string name, long[] shape, float[] values)
    {
        var entry = new Entry(name, shape, values);
        _byName.Add(name, entry);
        Entries.Add(entry);
    }

    /// <summary>The numbers of a name; null where there are none.</summary>
    public float[]? Find(string name) => _byName.GetValueOrDefault(name)?.Values;

    /// <param name="Name">As in a PyTorch state dictionary.</param>
    /// <param name="Shape">The sizes.</param>
    /// <param name="Values">As many as the shape has, row by row.</param>
    internal sealed record Entry(string Name, long[] Shape, float[] Values);
}
