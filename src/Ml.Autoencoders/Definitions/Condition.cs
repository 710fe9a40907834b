namespace Ml.Autoencoders.Definitions;

/// <summary>The labels that encoder and decoder are given.</summary>
/// <param name="Labels">Their names, in the order of the key column's values.</param>
/// <param name="Rows">How many training rows had each.</param>
internal sealed record Condition(IReadOnlyList<string> Labels, IReadOnlyList<long> Rows)
{
    /// <summary>Checks the labels.</summary>
    /// <exception cref="FormatException">They are not valid.</exception>
    public void Check(Place place)
    {
        if (Rows.Count != Labels.Count)
            throw place.Error(nameof(Rows), $"are of {Rows.Count} labels; there are {Labels.Count}.");
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Labels.Count; i++)
        {
            Place label = place.Part(nameof(Labels)).At(i);
            // A JSON list can hold null, whatever its type says.
            if (Labels[i] is not { } name)
                throw label.Fault("the list holds null where a label must be.");
            if (Rows[i] < 0)
                throw place.Part(nameof(Rows)).At(i).Fault(FormattableString.Invariant(
                    $"{Rows[i]} rows; there must be at least 0."));
            // Keys that no row had, as those of hashes, may all be without a name.
            if (Rows[i] > 0 && !known.Add(name))
                throw label.Fault($"'{Shown.Text(name)}' occurs twice; each label that rows had must occur once.");
        }
    }

    /// <summary>Whether a label was among the training rows.</summary>
    public bool Knows(long label) => Rows[(int)label] > 0;

    /// <summary>The labels that were among the training rows, for messages.</summary>
    public string Known => LabelNames.List(Labels.Where((_, i) => Knows(i)));

    /// <summary>The index of a label; null where no training row had it.</summary>
    public long? IndexOf(string label)
    {
        for (int i = 0; i < Labels.Count; i++)
        {
            if (Labels[i] == label && Knows(i))
                return i;
        }
        return null;
    }
}
