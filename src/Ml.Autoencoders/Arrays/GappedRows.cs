namespace Ml.Autoencoders.Arrays;

/// <summary>Rows in which values may be missing.</summary>
/// <param name="Values"><c>[..., D]</c>; 0 in gaps.</param>
/// <param name="Gaps">Where values are missing, as booleans; null where none can be.</param>
internal readonly record struct GappedRows<T>(T Values, T? Gaps = null) where T : struct, IArray<T>
{
    /// <summary>Rows whose gaps are NaN.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="mayHaveGaps">Whether values may be missing.</param>
    public static GappedRows<T> Of(T rows, bool mayHaveGaps)
    {
        if (!mayHaveGaps)
            return new(rows);
        T gaps = rows.IsNaN();
        return new(rows.Masked(gaps, 0), gaps);
    }

    /// <summary>What an encoder is given: each row, and where values may be missing as many numbers after it, 1 in gaps
    /// and 0 elsewhere: <c>[B, D]</c> or <c>[B, 2D]</c>.</summary>
    public T Marked => Gaps is { } gaps ? Values.Concat(gaps.AsNumbers(), 1) : Values;

    /// <summary>How many slots of each row are there, <c>[...]</c>; null where all are.</summary>
    public T? Observed => Gaps is { } gaps ? -gaps.AsNumbers().Sum(-1) + gaps.Size(-1) : null;

    /// <summary>Numbers of slots, <c>[..., D]</c>, with 0 in gaps.</summary>
    public T Without(T slots) => Gaps is { } gaps ? slots.Masked(gaps, 0) : slots;

    /// <summary>Summands of each row, <c>[B, D]</c>, 0 in gaps, that together weigh as much as if all slots were
    /// there.</summary>
    public T OfWhole(T slots) => Observed is { } observed
        ? slots / (observed.AtLeast(1) / Values.Size(-1)).Reshape(-1, 1) : slots;

    /// <summary>Of numbers of each row, <c>[...]</c>, that are sums over all slots, the part of those that are
    /// there.</summary>
    public T Part(T sums) => Observed is { } observed ? sums * (observed / Values.Size(-1)) : sums;
}
