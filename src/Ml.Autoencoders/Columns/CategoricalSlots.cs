using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Corruptions;
using static System.FormattableString;

namespace Ml.Autoencoders.Columns;

/// <summary>Finds the one-hot categories of a vector column, as ML.NET notes them or as its slots are named.</summary>
internal static class CategoricalSlots
{
    /// <summary>First and last slot of each category, one pair after the other. The name is ML.NET's; the constant is
    /// not public there.</summary>
    public const string Annotation = "CategoricalSlotRanges";

    /// <summary>Notes categories, of which there is at least one.</summary>
    public static void Add(DataViewSchema.Annotations.Builder annotations, IReadOnlyList<SlotGroup> groups)
    {
        int[] ends = [.. groups.SelectMany(group => new[] { group.First, (int)group.End - 1 })];
        var ranges = new VBuffer<int>(ends.Length, ends);
        annotations.Add(Annotation, new VectorDataViewType(NumberDataViewType.Int32, groups.Count, 2),
            (ref VBuffer<int> value) => ranges.CopyTo(ref value));
    }

    /// <summary>Those that options ask for, in ascending order.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="column">A vector column of known size.</param>
    /// <param name="wanted">The option.</param>
    /// <exception cref="InvalidOperationException">What is noted cannot be true of the column, or it does not have the
    /// slots.</exception>
    public static IReadOnlyList<SlotGroup> Of(IExceptionContext context, DataViewSchema.Column column,
        Categories wanted)
    {
        if (wanted.AreAnnotated)
            return Of(context, column);
        SlotNames names = SlotNames.Of(column);
        int size = ((VectorDataViewType)column.Type).Size;
        // Of what is annotated the extent is known, whatever other columns are called.
        IReadOnlyList<SlotGroup> annotated = wanted.Names.Count == 0 ? [] : Of(context, column);
        SlotGroup[] groups = [.. wanted.Names.Select(name => Named(context, column, name, names, size, annotated))
            .OrderBy(group => group.First)];
        return SlotGroup.Fault(groups) is not { } fault ? groups
            : throw context.Except(
                $"Categories is {wanted}, and the names of column '{column.Name}' leave open which " +
                $"slots are whose: Categories {fault}");
    }

    /// <summary>In ascending order; none where nothing is noted.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="column">A vector column of known size.</param>
    /// <exception cref="InvalidOperationException">What is noted cannot be true of the column.</exception>
    public static IReadOnlyList<SlotGroup> Of(IExceptionContext context, DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(Annotation) is not { } noted)
            return [];
        if (noted.Type is not VectorDataViewType { ItemType: var item } || item != NumberDataViewType.Int32)
            throw Wrong($"is a {noted.Type}; it must be a vector of Int32.");
        VBuffer<int> ranges = default;
        column.Annotations.GetValue(Annotation, ref ranges);
        int[] ends = [.. ranges.DenseValues()];
        if (ends.Length % 2 != 0)
            throw Wrong(Invariant($"has {ends.Length} numbers; it must have two for each category."));
        int size = ((VectorDataViewType)column.Type).Size;
        var groups = new List<SlotGroup>();
        foreach (int[] pair in ends.Chunk(2))
        {
            if (pair[0] < 0 || pair[1] < pair[0] || pair[1] >= size)
                throw Wrong(Invariant(
                    $"names the slots {pair[0]} to {pair[1]}; the column has the slots 0 to {size - 1}."));
            groups.Add(new SlotGroup(pair[0], pair[1] - pair[0] + 1));
        }
        groups.Sort((one, other) => one.First.CompareTo(other.First));
        return SlotGroup.Fault(groups) is { } fault ? throw Wrong(fault) : groups;

        Exception Wrong(string fault) => context.Except(
            $"The annotation {Annotation} of column '{column.Name}', which says what slots make a category, {fault}");
    }

    /// <summary>The slots of one name: the column's own, or those after it and a point.</summary>
    private static SlotGroup Named(IExceptionContext context, DataViewSchema.Column column, string name,
        SlotNames names, int size, IReadOnlyList<SlotGroup> annotated)
    {
        int[] slots = [.. Enumerable.Range(0, size).Where(slot => names[slot] is { } found && IsOf(found.Span, name))];
        if (slots.Length == 0)
            throw context.Except($"Categories names '{name}', and column '{column.Name}' has no slot of that name, " +
                $"and none that begins with '{name}.'. Slots are named by OneHotEncoding and Concatenate.");
        if (annotated.Where(group => group.First <= slots[0] && slots[0] < group.End).ToArray() is [var known])
            return known;
        return slots[^1] - slots[0] == slots.Length - 1 ? new SlotGroup(slots[0], slots.Length)
            : throw context.Except(
                Invariant($"Categories names '{name}', and its slots in column '{column.Name}' are ") +
                Invariant($"not side by side: slots {slots[0]} to {slots[^1]} hold others."));
    }

    private static bool IsOf(ReadOnlySpan<char> slot, string name) => slot.StartsWith(name, StringComparison.Ordinal)
        && (slot.Length == name.Length || slot[name.Length] == '.');
}
