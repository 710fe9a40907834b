using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Corruptions;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>Which columns of a table the slots of a row are: numbers, with a slot each, and categories, with some slots
/// side by side.</summary>
/// <param name="slots">Slots of a row, D.</param>
/// <param name="categories">The slots of each category, in ascending order.</param>
internal sealed class SlotColumns(int slots, IReadOnlyList<SlotGroup> categories)
{
    public int Slots => slots;

    public IReadOnlyList<SlotGroup> Categories { get; } = new EqualList<SlotGroup>(categories);

    /// <summary>The slots of each column in ascending order: C of them.</summary>
    public IReadOnlyList<SlotGroup> All => field ??= [.. Listed()];

    /// <summary>How many columns there are, C; known without a list of them.</summary>
    public int Count { get; } = slots - categories.Sum(category => category.Count - 1);

    /// <summary>How many columns are numbers.</summary>
    public int Numbers => Count - Categories.Count;

    /// <summary>What each slot counts as among columns, <c>[D]</c>: 1, and in a category of K slots 1 / K.</summary>
    public float[] Shares =>
        field ??= [.. All.SelectMany(column => Enumerable.Repeat(1f / column.Count, column.Count))];

    /// <summary>1 for slots that are numbers, 0 for those of categories, <c>[D]</c>.</summary>
    public float[] AreNumbers => field ??= Mask(0);

    /// <summary>1 for slots of categories, 0 for those that are numbers, <c>[D]</c>.</summary>
    public float[] AreCategories => field ??= [.. AreNumbers.Select(number => 1 - number)];

    /// <summary>A column's numbers of its slots, summed: <c>[n, D]</c> to <c>[n, C]</c>.</summary>
    public T SumsOfColumns<T>(T rows) where T : struct, IArray<T> => Categories.Count == 0 ? rows : SumsOf(rows, All);

    /// <summary>The same of categories alone: <c>[n, D]</c> to <c>[n, G]</c>.</summary>
    public T SumsOfCategories<T>(T rows) where T : struct, IArray<T> => SumsOf(rows, Categories);

    /// <summary>1 at the slots of some columns, and 0 elsewhere: a row for each, <c>[n, D]</c>.</summary>
    /// <param name="first">The first of the columns.</param>
    /// <param name="count">How many, n.</param>
    public float[] MaskOf(int first, int count)
    {
        var mask = new float[count * slots];
        for (int i = 0; i < count; i++)
            mask.AsSpan(i * slots + All[first + i].First, All[first + i].Count).Fill(1);
        return mask;
    }

    /// <summary>A number of each category to each of its slots, and 0 to other slots: <c>[n, G]</c> to
    /// <c>[n, D]</c>.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="shared">Whether slots get equal shares of the number, and not all of it.</param>
    public T Spread<T>(T numbers, bool shared = false) where T : struct, IArray<T>
    {
        var weights = new float[slots * Categories.Count];
        for (int i = 0; i < Categories.Count; i++)
        {
            for (int slot = Categories[i].First; slot < Categories[i].End; slot++)
                weights[slot * Categories.Count + i] = shared ? Shares[slot] : 1;
        }
        return Product(numbers, weights, slots, Categories.Count);
    }

    public override bool Equals(object? obj) =>
        obj is SlotColumns other && slots == other.Slots && Categories.Equals(other.Categories);

    public override int GetHashCode() => HashCode.Combine(slots, Categories);

    private T SumsOf<T>(T rows, IReadOnlyList<SlotGroup> groups) where T : struct, IArray<T>
    {
        var weights = new float[groups.Count * slots];
        for (int i = 0; i < groups.Count; i++)
            weights.AsSpan(i * slots + groups[i].First, groups[i].Count).Fill(1);
        return Product(rows, weights, groups.Count, slots);
    }

    /// <summary>W x, whose bits do not depend on the rows beside a row.</summary>
    private static T Product<T>(T rows, float[] weights, int outputs, int inputs) where T : struct, IArray<T> =>
        rows.Linear(rows.Constant(weights, outputs, inputs), rows.Constant(new float[outputs], outputs),
            ForwardMode.Prediction);

    private float[] Mask(float ofCategories)
    {
        var mask = new float[slots];
        mask.AsSpan().Fill(1);
        foreach (SlotGroup category in Categories)
            mask.AsSpan(category.First, category.Count).Fill(ofCategories);
        return mask;
    }

    private IEnumerable<SlotGroup> Listed()
    {
        int next = 0;
        foreach (SlotGroup category in Categories.Append(new SlotGroup(slots, 0)))
        {
            for (; next < category.First; next++)
                yield return new SlotGroup(next, 1);
            if (category.Count > 0)
                yield return category;
            next = (int)category.End;
        }
    }
}
