using System.Text.Json.Serialization;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.Swap"/>.</summary>
/// <param name="probability">Of each value.</param>
/// <param name="groups">The slots that move together, in any order; null or none where each moves by itself.</param>
internal sealed class SwapNoise(float probability, IReadOnlyList<SlotGroup>? groups = null) : Corruption
{
    public float Probability { get; } = probability;

    /// <summary>In ascending order; null where there are none, and then not in the file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SlotGroup>? Groups { get; } = groups is null or [] ? null
        : new EqualList<SlotGroup>(groups.OrderBy(group => group.First).ThenBy(group => group.Count));

    private protected override IReadOnlyList<object?> Values => Groups is null ? [Probability] : [Probability, Groups];

    [JsonIgnore]
    internal override int MinRows => Probability > 0 ? 2 : 1;

    [JsonIgnore]
    internal override bool TakesGroups => Groups is null;

    internal override Corruption For(IReadOnlyList<SlotGroup> groups) =>
        TakesGroups ? new SwapNoise(Probability, groups) : this;

    internal override void Check(Place place)
    {
        Require.Within(Probability, 0, 1, place, nameof(Probability));
        if (Groups is not null && SlotGroup.Fault(Groups) is { } fault)
            throw place.Error(nameof(Groups), fault);
    }

    internal override Shape Leaves(Shape shape)
    {
        if (Groups is null)
            return shape;
        if (!shape.IsVector)
            throw new NetworkException(
                $"Corruption.Swap has groups of slots, and rows are {shape.Kind} of {shape}, whose values move one " +
                "by one.");
        return Groups[^1].End <= shape.Count ? shape
            : throw new NetworkException(
                $"Corruption.Swap has a group of the slots {Groups[^1]}, and a row has {shape.Count}.");
    }

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random)
    {
        long count = rows.shape[0];
        if (count == 1 || Probability == 0)
            return rows;
        long[] units = SlotGroup.Units(Groups ?? [], (int)rows.shape[1]);
        long others = count - 1;
        // One uniform draw decides both whether a value is replaced and from which row. It is stretched so that the
        // probability is at the number of other rows: then its whole part, plus 1, is how many rows further the other
        // row is, and where that is more than there are, the value stays.
        Tensor steps = Draws.Uniform([count, units[^1] + 1], rows.dtype, rows.device, random)
            .TimesInPlace(Math.Min(others / (double)Probability, float.MaxValue)).floor_().Plus(1);
        steps = steps.MaskInPlace(steps.IsAbove(others), 0).to(ScalarType.Int64);
        if (Groups is not null)
            steps = steps.index_select(1, tensor(units, device: CPU).SendTo(rows.device));
        long[] places = [.. Enumerable.Range(0, (int)count)];
        Tensor sources = tensor(places, [count, 1], device: CPU).SendTo(rows.device).Plus(steps);
        // After the last row comes the first.
        return cat([rows, rows], 0).gather(0, sources);
    }
}
