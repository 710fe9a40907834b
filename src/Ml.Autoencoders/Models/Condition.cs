namespace Ml.Autoencoders.Models;

/// <summary>The labels that encoder and decoder are told.</summary>
/// <param name="Labels">Their names, in the order of the key column's values.</param>
/// <param name="Rows">How many training rows had each.</param>
internal sealed record Condition(IReadOnlyList<string> Labels, IReadOnlyList<long> Rows)
{
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
