using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Rows;

/// <summary>
/// Which rows are held out, where these may not be drawn at random: rows of a group are alike, and windows that follow
/// each other have most of their numbers in common, so that others would be known when they are measured on.
/// </summary>
/// <param name="Training">The rows to train on.</param>
/// <param name="Held">Those to measure on.</param>
/// <param name="How">What the log says about it.</param>
internal sealed record RowDivision(RowPart Training, RowPart Held, string How)
{
    /// <summary>By group where there is more than one, else by time.</summary>
    /// <param name="host">For errors.</param>
    /// <param name="data">The data view.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="sizes">The rows of each group.</param>
    /// <param name="fraction">The share that is to be held out.</param>
    /// <param name="seed">Of what is drawn.</param>
    /// <exception cref="InvalidOperationException">The rows cannot be divided.</exception>
    public static RowDivision Of(IHost host, IDataView data, RowColumns columns, IReadOnlyList<long> sizes,
        float fraction, int seed)
    {
        if (sizes.Count > 1)
            return ByGroup(columns.Groups!.Column.Name, sizes, fraction, seed);
        if (columns.Window is not { } window)
        {
            throw host.Except(FormattableString.Invariant(
                $"TrainingOptions.ValidationFraction is {fraction}, and all rows have one group in column ") +
                $"'{columns.Groups!.Column.Name}' (ValidationGroupColumnName): there is none to hold out.");
        }
        if (ShuffledRows.Are(data))
        {
            throw host.Except($"Column '{columns.Input.Name}' holds windows of one series, whose last ones are held " +
                "out as validation rows, and the rows are shuffled (ShuffleRows). Leave that out: the fit shuffles " +
                "its rows by itself.");
        }
        return ByTime(host, sizes.Sum(), window, fraction);
    }

    private static RowDivision ByGroup(string column, IReadOnlyList<long> sizes, float fraction, int seed)
    {
        bool[] held = GroupPart.Choose(sizes, fraction, new Random(seed));
        long rows = sizes.Where((_, group) => held[group]).Sum();
        return new RowDivision(new GroupPart(held, IsHeld: false), new GroupPart(held, IsHeld: true),
            FormattableString.Invariant($"Validation rows: {held.Count(isHeld => isHeld):N0} of {held.Length:N0} ") +
            FormattableString.Invariant($"groups of column '{column}', {rows:N0} of {sizes.Sum():N0} rows."));
    }

    /// <summary>The last windows; those before them that have rows in common with them are on neither side.</summary>
    private static RowDivision ByTime(IHost host, long count, WindowColumn window, float fraction)
    {
        var held = (long)Math.Round(count * (double)fraction);
        long first = count - held;
        long left = Math.Min(first, window.Steps - 1);
        if (held == 0 || left == first)
        {
            throw host.Except(
                FormattableString.Invariant($"TrainingOptions.ValidationFraction is {fraction}, and holds out the ") +
                FormattableString.Invariant($"last {held:N0} of {count:N0} windows. The {left:N0} before them have ") +
                FormattableString.Invariant($"rows in common with them and are left out, so that {first - left:N0} ") +
                "remain to train on; each needs at least one. Use shorter windows or another fraction.");
        }
        return new RowDivision(new StretchPart(0, first - left), new StretchPart(first, count),
            FormattableString.Invariant($"Validation rows: the last {held:N0} of {count:N0} windows. The {left:N0} ") +
            "before them have rows in common with them, and are left out.");
    }
}
