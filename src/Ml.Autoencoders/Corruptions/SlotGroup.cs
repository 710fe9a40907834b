using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Corruptions;

/// <summary>Slots side by side that are one value together, such as a one-hot category.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many they are.</param>
[method: JsonConstructor]
internal readonly record struct SlotGroup(int First, int Count)
{
    /// <summary>The slot after the last.</summary>
    [JsonIgnore]
    public long End => (long)First + Count;

    /// <summary>Of a range that counts from the start.</summary>
    public static SlotGroup Of(Range range) => new(range.Start.Value, range.End.Value - range.Start.Value);

    /// <summary>What is wrong with a group, or with two of a list in ascending order; null where nothing is.</summary>
    public static string? Fault(IReadOnlyList<SlotGroup> groups)
    {
        for (int i = 0; i < groups.Count; i++)
        {
            SlotGroup group = groups[i];
            if (group.First < 0 || group.Count < 1)
                return $"holds the slots {group}; a group must begin at slot 0 or later, and hold at least one.";
            if (i > 0 && group.First < groups[i - 1].End)
                return $"holds the slots {groups[i - 1]} and {group}; a slot must be in one group only.";
        }
        return null;
    }

    /// <summary>Of each slot which unit it is part of, a group or itself, counted from 0.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="slots">How many slots there are.</param>
    public static long[] Units(IReadOnlyList<SlotGroup> groups, int slots)
    {
        var continues = new bool[slots];
        foreach (SlotGroup group in groups)
            continues.AsSpan(group.First + 1, group.Count - 1).Fill(true);
        var units = new long[slots];
        long unit = -1;
        for (int slot = 0; slot < slots; slot++)
            units[slot] = continues[slot] ? unit : ++unit;
        return units;
    }

    /// <summary>As a range of C#, whose end is not part of it: <c>3..7</c> for the slots 3 to 6.</summary>
    public override string ToString() => FormattableString.Invariant($"{First}..{End}");
}
