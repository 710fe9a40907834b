using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Windows;
using static System.FormattableString;

namespace Ml.Autoencoders;

/// <summary>Makes windows of rows that come one by one, the same ones that a pipeline makes of a data view, and holds
/// the rows that they need. Made by <see cref="SlidingWindowTransformer.CreateTracker"/> and <see
/// cref="SlidingWindowTransformer.RestoreTracker(string)"/>.</summary>
/// <remarks>For one thread at a time: a row changes what is held. Trackers share nothing; several threads can have one
/// each, for the groups that each of them gets. A row that is refused with an error changes nothing.</remarks>
public sealed class WindowTracker
{
    private readonly WindowDescription _description;
    private readonly GroupTable<WindowRows> _groups;

    internal WindowTracker(WindowDescription description)
        : this(description, description.NewTable(), 0)
    {
    }

    internal WindowTracker(WindowDescription description, GroupTable<WindowRows> groups, long rows)
    {
        _description = description;
        _groups = groups;
        RowCount = rows;
    }

    /// <summary>Rows of a window, T.</summary>
    public int Length => _description.Length;

    /// <summary>Numbers of a row, C.</summary>
    public int Channels => _description.Channels;

    /// <summary>Rows that were pushed so far, those before the tracker was saved and restored among them. It is the
    /// number by which errors name the next row.</summary>
    public long RowCount { get; private set; }

    /// <summary>Groups whose rows are held.</summary>
    public int GroupCount => _groups.Count;

    /// <summary>Takes the next row.</summary>
    /// <param name="values">Its numbers, those of all input columns in their order.</param>
    /// <param name="group">Its group, where the windows have a group column.</param>
    /// <param name="time">Its time, where they have a time column.</param>
    /// <returns>The window that ends with it, time first: the numbers of the oldest row, then those of the next, and
    /// so on; null where there is none (where the pipeline's row is NaN in every slot).</returns>
    /// <exception cref="ArgumentException">There are more or fewer numbers, or group or time are missing, superfluous
    /// or of another type.</exception>
    /// <exception cref="InvalidOperationException">The time is not after that of the group's row before, or there are
    /// more groups than may be held.</exception>
    public float[]? Push(ReadOnlySpan<float> values, WindowGroup group = default, WindowTime time = default)
    {
        WindowRows rows = Take(values, group, time);
        if (rows.Count < Length && _description.Start == WindowStart.NoWindow)
            return null;
        float[] window = new float[_description.Size];
        return Write(rows, window) ? window : null;
    }

    /// <summary>The same without an array for each window.</summary>
    /// <param name="values">The row's numbers, those of all input columns in their order.</param>
    /// <param name="window">Gets the window, <see cref="Length"/> x <see cref="Channels"/> numbers; NaN in every slot
    /// where there is none.</param>
    /// <param name="group">The row's group, where the windows have a group column.</param>
    /// <param name="time">The row's time, where they have a time column.</param>
    /// <returns>Whether there is a window.</returns>
    /// <inheritdoc cref="Push(ReadOnlySpan{float}, WindowGroup, WindowTime)" path="/exception"/>
    public bool TryPush(ReadOnlySpan<float> values, Span<float> window, WindowGroup group = default,
        WindowTime time = default)
    {
        if (window.Length != _description.Size)
            throw new ArgumentException(Invariant(
                $"There is room for {window.Length} numbers; a window has {Length} x {Channels}."), nameof(window));
        return Write(Take(values, group, time), window);
    }

    /// <summary>Forgets the rows of a group, which makes room for another: its next row starts anew.</summary>
    /// <param name="group">The group; the default where windows have no group column.</param>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="ArgumentException">The group is missing, superfluous or of another type.</exception>
    public bool Forget(WindowGroup group = default)
    {
        Require(group);
        return _groups.Remove(group);
    }

    /// <summary>Saves the rows that are held, so that <see cref="SlidingWindowTransformer.RestoreTracker(string)"/> of
    /// the same transformer, saved and loaded or not, continues where this tracker is.</summary>
    /// <param name="path">The file, which is written whole or not at all.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        Autoencoders.Require.Path(path, Place.Call(nameof(Save)), nameof(path));
        AtomicFile.Write(path, Save);
    }

    /// <inheritdoc cref="Save(string)"/>
    /// <param name="stream">Stays open.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WindowStateFile.Write(stream, _description, _groups.All, RowCount);
    }

    private WindowRows Take(ReadOnlySpan<float> values, WindowGroup group, WindowTime time)
    {
        if (values.Length != Channels)
            throw new ArgumentException(Invariant(
                $"The row has {values.Length} numbers; those of {Shown.List([.. Names()])} are {Channels}."),
                nameof(values));
        Require(group);
        WindowTime typed = InColumnType(time);
        _groups.RequireFinite(typed, RowCount);
        WindowRows rows = _groups.Find(group, RowCount);
        if (_groups.Step(rows, typed, RowCount))
            rows.Clear();
        rows.Add(values);
        RowCount++;
        return rows;
    }

    private bool Write(WindowRows rows, Span<float> window)
    {
        rows.CopyTo(window, _description.Start);
        return !Columns.WindowColumn.IsMissing(window);
    }

    private IEnumerable<string> Names() => _description.Inputs.Select(input => $"'{input.Name}'");

    private void Require(WindowGroup group)
    {
        if (_description.Group is not { } column)
        {
            if (group.IsThere)
                throw new ArgumentException($"The row is of group {group}, and the windows have no group column.",
                    nameof(group));
        }
        else if (!group.IsThere || (group.Text is not null) != (column.Kind == GroupKind.Text))
        {
            throw new ArgumentException($"The row is of {(group.IsThere ? $"group {group}" : "no group")}; column " +
                $"'{column.Name}' holds {GroupColumn.NameOf(column.Kind)} in each row" +
                $"{(column.Kind == GroupKind.Key ? ", to be given by its number" : "")}.", nameof(group));
        }
    }

    private WindowTime InColumnType(WindowTime time)
    {
        if (_description.Time is not { } column)
            return time.Kind is null ? time : throw new ArgumentException(
                $"The row is of the time {time}, and the windows have no time column.", nameof(time));
        return time.As(column.Kind) ?? throw new ArgumentException(
            $"The row is of {(time.Kind is { } kind ? $"the time {time}, {SeriesColumns.NameOf(kind)}" : "no " +
            $"time")}; column '{column.Name}' holds {SeriesColumns.NameOf(column.Kind)} in each row.", nameof(time));
    }
}
