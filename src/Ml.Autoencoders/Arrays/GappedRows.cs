namespace Ml.Autoencoders.Arrays;

/// <summary>Rows in which values may be missing.</summary>
/// <param name="Values"><c>[..., D]</c>; 0 in gaps.</param>
/// <param name="Gaps">Where values are missing, as booleans; null where none can be.</param>
/// <param name="Shares">What each slot counts as, <c>[D]</c>; null where it is 1.</param>
internal readonly record struct GappedRows<T>(T Values, T? Gaps = null, float[]? Shares = null)
    where T : struct, IArray<T>
{
    /// <summary>Rows whose gaps are NaN.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="mayHaveGaps">Whether values may be missing.</param>
    /// <param name="shares">What each slot counts as; null where it is 1.</param>
    public static GappedRows<T> Of(T rows, bool mayHaveGaps, float[]? shares = null)
    {
        if (!mayHaveGaps)
            return new(rows, null, shares);
        T gaps = rows.IsNaN();
        return new(rows.Masked(gaps, 0), gaps, shares);
    }

    /// <summary>The same rows with their last slots only.</summary>
    /// <param name="count">How many.</param>
    public GappedRows<T> Last(int count) => new(LastOf(Values, count),
        Gaps is { } gaps ? LastOf(gaps, count) : null, Shares?[^count..]);

    /// <summary>The last slots of numbers of rows, <c>[B, D]</c>.</summary>
    public static T LastOf(T slots, int count) => slots.Narrow(1, slots.Size(-1) - count, count);

    /// <summary>What an encoder is given: each row, and where values may be missing as many numbers after it, 1 in gaps
    /// and 0 elsewhere: <c>[B, D]</c> or <c>[B, 2D]</c>.</summary>
    public T Marked => Gaps is { } gaps ? Values.Concat(gaps.AsNumbers(), 1) : Values;

    /// <summary>What all slots count as.</summary>
    public double Whole => Shares is null ? Values.Size(-1) : Math.Round(Shares.Sum(share => (double)share));

    /// <summary>What the slots of each row that are there count as, <c>[...]</c>; null where all are.</summary>
    public T? Observed => Gaps is { } gaps ? -Counted(gaps.AsNumbers()).Sum(-1) + Whole : null;

    /// <summary>Numbers of slots, <c>[..., D]</c>, with 0 in gaps.</summary>
    public T Without(T slots) => Gaps is { } gaps ? slots.Masked(gaps, 0) : slots;

    /// <summary>Summands of each row, <c>[B, D]</c>, 0 in gaps, that together weigh as much as if all slots were
    /// there.</summary>
    public T OfWhole(T slots) => Observed is { } observed
        ? slots / (observed.AtLeast(1) / Whole).Reshape(-1, 1) : slots;

    /// <summary>Of numbers of each row, <c>[...]</c>, that are sums over all slots, the part of those that are
    /// there.</summary>
    public T Part(T sums) => Observed is { } observed ? sums * (observed / Whole) : sums;

    private T Counted(T slots) => Shares is { } shares ? slots * slots.Constant(shares, shares.Length) : slots;
}
