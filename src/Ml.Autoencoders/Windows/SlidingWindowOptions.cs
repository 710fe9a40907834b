namespace Ml.Autoencoders;

/// <summary>Options of <see
/// cref="Microsoft.ML.SlidingWindowCatalogExtensions.SlidingWindow(Microsoft.ML.TransformsCatalog, string, string[],
/// SlidingWindowOptions)"/>.</summary>
public sealed record SlidingWindowOptions
{
    /// <summary>Rows of a window, T; at least 1, and at most so many that a window has 536,870,897 numbers. Null, the
    /// default: from the data. It is the lag, from 3 to 400 rows, of the highest local maximum of the autocorrelation
    /// of the first column, over the first 20,000 rows of the fit; 125 where there is none, or where that lag is below
    /// 6 or above 303.</summary>
    public int? Length { get; init; }

    /// <summary>The column that says which series a row belongs to, a text, a key or an integer: no window mixes rows
    /// of two groups. The rows of groups may alternate. Null, the default: all rows are one series.</summary>
    public string? GroupColumnName { get; init; }

    /// <summary>The column of the times of rows: <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see
    /// cref="TimeSpan"/> or a number. Within a group times must rise from row to row. Null, the default: the rows are
    /// in order, and nothing is missing between them.</summary>
    public string? TimeColumnName { get; init; }

    /// <summary>The longest time between two rows of a window, above zero, where the time is a <see cref="DateTime"/>,
    /// <see cref="DateTimeOffset"/> or <see cref="TimeSpan"/>: after a longer one, windows start anew. Null, the
    /// default: there is none.</summary>
    public TimeSpan? MaxGap { get; init; }

    /// <summary>The same where the time is a number. Choose it between the usual step and the smallest gap, not equal
    /// to the step: differences of fractions are rounded.</summary>
    public double? MaxNumericGap { get; init; }

    /// <summary>What the first T - 1 rows of a group, and those after a gap, hold. Default: NaN in every slot, which
    /// says that the row has no window.</summary>
    public WindowStart Start { get; init; }

    /// <summary>The most groups that may be held at once, at least 1; a row of one more is an error. Each holds up to
    /// T rows in memory. Default: 10,000.</summary>
    public int MaxGroups { get; init; } = 10_000;
}
