namespace Ml.Autoencoders.Models;

/// <summary>The labels that encoder and decoder are told.</summary>
/// <param name="Labels">Their names, in the order of the key column's values.</param>
/// <param name="Rows">How many training rows had each.</param>
internal sealed record Condition(IReadOnlyList<string> Labels, IReadOnlyList<long> Rows)
{
    /// <summary>Whether a label was among the training rows.</summary>
    public bool Knows(long label) => Rows[(int)label] > 0;

    /// <summary>The labels that were among the training rows, for messages.</summary>
    public string Known => string.Join(", ", Labels.Where((_, i) => Rows[i] > 0).Take(20).Select(label => $"'{label}'"))
        + (Rows.Count(rows => rows > 0) > 20 ? ", ..." : "");

    /// <summary>The index of a label.</summary>
    /// <exception cref="ArgumentException">It was not among the training rows.</exception>
    public long IndexOf(string label, string parameter)
    {
        for (int i = 0; i < Labels.Count; i++)
        {
            if (Labels[i] == label && Rows[i] > 0)
                return i;
        }
        throw new ArgumentException($"'{label}' is no label of the training rows; those are {Known}.", parameter);
    }
}
