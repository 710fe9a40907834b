using Ml.Autoencoders.Columns;
using static System.FormattableString;

namespace Ml.Autoencoders.Windows;

/// <summary>The groups of rows that have been met, and what is remembered of each: in memory that the option MaxGroups
/// bounds.</summary>
/// <param name="description">What windows are made of.</param>
/// <param name="make">Makes what is remembered of a new group.</param>
internal sealed class GroupTable<T>(WindowDescription description, Func<T> make)
    where T : GroupRows
{
    private readonly Dictionary<string, T> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<Int128, T> _numbers = [];
    private T? _only;

    /// <summary>Groups that are remembered.</summary>
    public int Count => _texts.Count + _numbers.Count + (_only is null ? 0 : 1);

    /// <summary>All of them.</summary>
    public IEnumerable<T> All => _only is not null ? [_only] : _texts.Values.Concat(_numbers.Values);

    /// <summary>That of all rows where there is no group column.</summary>
    public T Find() => _only ??= make();

    /// <summary>That of a text; a new one where it is met for the first time.</summary>
    /// <exception cref="InvalidOperationException">The text is empty, or one too many.</exception>
    public T Find(ReadOnlySpan<char> text, long row)
    {
        if (_texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out T? rows))
            return rows;
        string name = text.ToString();
        return _texts[name] = Make(WindowGroup.FromString(name), isMissing: name.Length == 0, row);
    }

    /// <summary>That of an integer, or of the number of a key; a new one where it is met for the first time.</summary>
    /// <exception cref="InvalidOperationException">The key is missing, or the number one too many.</exception>
    public T Find(Int128 number, long row)
    {
        if (_numbers.TryGetValue(number, out T? rows))
            return rows;
        return _numbers[number] = Make(WindowGroup.Of(number),
            isMissing: number <= 0 && description.Group!.Kind == GroupKind.Key, row);
    }

    /// <summary>That of a group; a new one where it is met for the first time.</summary>
    /// <inheritdoc cref="Find(ReadOnlySpan{char}, long)"/>
    public T Find(WindowGroup group, long row) => !group.IsThere ? Find()
        : group.Text is { } text ? Find(text, row)
        : Find(group.Number, row);

    /// <summary>Forgets a group.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(WindowGroup group)
    {
        if (group.IsThere)
            return group.Text is { } text ? _texts.Remove(text) : _numbers.Remove(group.Number);
        bool was = _only is not null;
        _only = null;
        return was;
    }

    /// <exception cref="InvalidOperationException">A time cannot be compared with others.</exception>
    public void RequireFinite(WindowTime time, long row)
    {
        if (!double.IsFinite(time.Number))
            throw Wrong(description.Time!.Name, row, $"the time is {time}; it must be a finite number.");
    }

    /// <summary>Takes note of the next row of a group.</summary>
    /// <param name="rows">What is remembered of the group.</param>
    /// <param name="time">The row's time; the default where rows have none.</param>
    /// <param name="row">The row, as errors count.</param>
    /// <returns>Whether windows start anew with it: it is the first one, or follows a gap.</returns>
    /// <exception cref="InvalidOperationException">The time is not after that of the row before it.</exception>
    public bool Step(T rows, WindowTime time, long row)
    {
        bool isFirst = rows.LastRow < 0;
        if (!isFirst && time.Kind is not null && time.CompareTo(rows.LastTime) is <= 0 and var order)
            throw OutOfOrder(rows, time, row, order);
        bool startsAnew = isFirst || IsGap(rows.LastTime, time);
        rows.LastTime = time;
        rows.LastRow = row;
        return startsAnew;
    }

    private bool IsGap(WindowTime before, WindowTime time)
    {
        if (description.MaxGapTicks is { } ticks)
            return time.Whole - before.Whole > ticks;
        if (description.MaxNumericGap is not { } most)
            return false;
        return (description.Time!.Kind == TimeKind.Whole
            ? (double)(time.Whole - before.Whole) : time.Number - before.Number) > most;
    }

    private T Make(WindowGroup group, bool isMissing, long row)
    {
        if (isMissing)
            throw Wrong(description.Group!.Name, row, "the group is missing. Give every row one, or leave such rows " +
                "out before windows are cut.");
        if (Count >= description.MaxGroups)
            throw Wrong(description.Group!.Name, row,
                Invariant($"group {group} would be one more than the {description.MaxGroups:N0} that may be held ") +
                $"at once. Set {nameof(SlidingWindowOptions)}.{nameof(SlidingWindowOptions.MaxGroups)} higher.");
        T made = make();
        made.Group = group;
        return made;
    }

    private InvalidOperationException OutOfOrder(T rows, WindowTime time, long row, int order)
    {
        string owner = rows.Group.IsThere ? $" of group {rows.Group}" : "";
        string fault = order < 0 ? $"before {rows.LastTime} of" : "the same as that of";
        string remedy = order < 0 ? "Sort the rows by time before they are loaded; groups may alternate."
            : description.Group is null ? "Keep one row of each time, or name the column of their groups."
            : "Keep one row of each time.";
        return Wrong(description.Time!.Name, row, Invariant(
            $"the time{owner} is {time}, {fault} row {rows.LastRow:N0}, the one before it. {remedy}"));
    }

    private static InvalidOperationException Wrong(string column, long row, string what) =>
        new(Invariant($"Column '{column}', row {row:N0}: {what}"));
}
