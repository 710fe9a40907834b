namespace Ml.Autoencoders.Rows;

/// <summary>One side of a division of groups: all rows of some of them.</summary>
/// <param name="Held">Of each group, whether it is held out.</param>
/// <param name="IsHeld">Which side: those, or the others.</param>
internal sealed record GroupPart(IReadOnlyList<bool> Held, bool IsHeld) : RowPart
{
    /// <remarks>A later pass may have groups that the first one did not; they are noticed as rows too many.</remarks>
    public override bool Has(in RowPlace row) => (row.Group < Held.Count && Held[row.Group]) == IsHeld;

    /// <summary>
    /// Which groups to hold out, in a random order, each if that brings their rows nearer to what is wanted. At least
    /// one is, and at least one is not.
    /// </summary>
    /// <param name="sizes">Rows of each group; at least two groups.</param>
    /// <param name="fraction">The share of the rows that is wanted.</param>
    /// <param name="random">What the order is drawn from.</param>
    public static bool[] Choose(IReadOnlyList<long> sizes, float fraction, Random random)
    {
        int[] order = [.. Enumerable.Range(0, sizes.Count)];
        random.Shuffle(order);
        double wanted = sizes.Sum() * (double)fraction;
        var held = new bool[sizes.Count];
        long rows = 0;
        int groups = 0;
        foreach (int group in order)
        {
            if (groups == sizes.Count - 1 || Math.Abs(rows + sizes[group] - wanted) >= Math.Abs(rows - wanted))
                continue;
            held[group] = true;
            rows += sizes[group];
            groups++;
        }
        if (groups == 0)
            held[order.MinBy(group => sizes[group])] = true;
        return held;
    }
}
