using System.Text.Json.Serialization;
using Ml.Autoencoders.Columns;
using static System.FormattableString;

namespace Ml.Autoencoders.Windows;

/// <summary>Everything about a fitted stage of windows: what is saved.</summary>
/// <param name="Version">Of this form.</param>
/// <param name="Output">The column of the windows.</param>
/// <param name="Inputs">The columns that they are made of.</param>
/// <param name="Length">Rows of a window, T.</param>
/// <param name="MaxGroups">The most groups that are held at once.</param>
internal sealed record WindowDescription(
    int Version, string Output, IReadOnlyList<WindowInput> Inputs, int Length, int MaxGroups)
{
    /// <summary>The version that is written. A reader refuses newer ones.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The most that an option or a file may allow: each takes memory of its own.</summary>
    public const int MostGroups = 100_000_000;

    /// <summary>Null where all rows are one series.</summary>
    public GroupColumn? Group { get; init; }

    /// <summary>Null where rows have no times.</summary>
    public TimeColumn? Time { get; init; }

    /// <summary>The longest time between two rows of a window, in ticks.</summary>
    public long? MaxGapTicks { get; init; }

    /// <summary>The same where times are numbers.</summary>
    public double? MaxNumericGap { get; init; }

    public WindowStart Start { get; init; }

    /// <summary>Numbers of a row, C.</summary>
    [JsonIgnore]
    public int Channels => Inputs.Sum(input => input.Size);

    /// <summary>Numbers of a window.</summary>
    [JsonIgnore]
    public int Size => Length * Channels;

    /// <summary>What the column says about itself.</summary>
    [JsonIgnore]
    public WindowColumn Column => new(Length, Channels, Group?.Name, Time?.Name);

    /// <summary>A table of groups of which the rows of a window are remembered.</summary>
    public GroupTable<WindowRows> NewTable()
    {
        int channels = Channels;
        return new(this, () => new WindowRows(Length, channels));
    }

    /// <summary>Checks what a file gives, or a fit.</summary>
    /// <exception cref="FormatException">A file holds what cannot be.</exception>
    /// <exception cref="ArgumentException">The columns of a fit are too wide.</exception>
    public void Check(Place place)
    {
        if (place.IsEntry)
            CheckEntries(place);
        long channels = 0;
        foreach (WindowInput input in Inputs)
            channels += input.Size;
        // In floating point, because the product may overflow any integer.
        if ((double)channels * Length > Limits.Numbers)
            throw place.Error(nameof(Length),
                Invariant($"is {Length}, with {channels} numbers per row; a window can have at most ") +
                Invariant($"{Limits.Numbers:N0} numbers."));
        if (place.IsEntry)
            AutoencoderFiles.RequireRoom(channels * Length * sizeof(float),
                Invariant($"A window of {Length} x {channels} numbers"));
    }

    /// <summary>Whether the windows of both are made in the same way: the state of one continues with the
    /// other.</summary>
    public bool MakesWindowsOf(WindowDescription other) =>
        Inputs.SequenceEqual(other.Inputs)
        && this with { Inputs = other.Inputs, Output = other.Output, MaxGroups = other.MaxGroups } == other;

    /// <summary><c>60 x 3 of Pressure, Flow, Current by Pump in order of Time</c>.</summary>
    public override string ToString() =>
        Invariant($"{Length} x {Channels} of {Shown.List([.. Inputs.Select(input => input.Name)])}") +
        $"{(Group is null ? "" : $" by {Group.Name}")}{(Time is null ? "" : $" in order of {Time.Name}")}";

    private void CheckEntries(Place place)
    {
        Require.ColumnName(Output, place, nameof(Output));
        if (Inputs.Count == 0)
            throw place.Error(nameof(Inputs), "is empty; a window needs at least one column.");
        Place inputs = place.Part(nameof(Inputs));
        for (int i = 0; i < Inputs.Count; i++)
        {
            // A JSON list can hold null, whatever its type says.
            WindowInput input = Inputs[i] ?? throw inputs.At(i).Fault("the list holds null where a column must be.");
            Require.ColumnName(input.Name, inputs.At(i), nameof(input.Name));
            Require.Within(input.Size, 1, Limits.Numbers, inputs.At(i), nameof(input.Size));
        }
        Require.Within(Length, 1, Limits.Numbers, place, nameof(Length));
        Require.Within(MaxGroups, 1, MostGroups, place, nameof(MaxGroups));
        Require.Defined(Start, place, nameof(Start));
        if (Group is not null)
        {
            Require.ColumnName(Group.Name, place.Part(nameof(Group)), nameof(Group.Name));
            Require.Defined(Group.Kind, place.Part(nameof(Group)), nameof(Group.Kind));
        }
        if (Time is not null)
        {
            Require.ColumnName(Time.Name, place.Part(nameof(Time)), nameof(Time.Name));
            Require.Defined(Time.Kind, place.Part(nameof(Time)), nameof(Time.Kind));
        }
        if (MaxGapTicks is { } ticks)
        {
            Require.AtLeast(ticks, 1, place, nameof(MaxGapTicks));
            if (Time is null or { IsNumeric: true })
                throw place.Error(nameof(MaxGapTicks), Invariant($"is {ticks}; the times are not dates or spans."));
        }
        if (MaxNumericGap is { } gap)
        {
            Require.Above(gap, 0, place, nameof(MaxNumericGap));
            if (Time is null or { IsNumeric: false })
                throw place.Error(nameof(MaxNumericGap), Invariant($"is {gap}; the times are not numbers."));
        }
    }
}
