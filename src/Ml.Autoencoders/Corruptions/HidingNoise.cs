using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>Makes each slot a gap with a probability: what a fit does in which values may be missing, so that it learns
/// to fill them, and what <see cref="Corruption.Masking"/> does in such a fit. Not in files.</summary>
/// <param name="probability">Of each value.</param>
/// <param name="groups">The slots that are hidden together, in ascending order.</param>
internal sealed class HidingNoise(float probability, IReadOnlyList<SlotGroup> groups) : Corruption
{
    /// <summary>The share of slots that a fit hides whose corruption hides none.</summary>
    public const float UsualShare = 0.2f;

    /// <summary>A corruption for rows with gaps, among whose steps is one that hides slots.</summary>
    /// <param name="corruption">What was asked for.</param>
    /// <param name="groups">The slots that are hidden together, in ascending order.</param>
    public static Corruption Of(Corruption corruption, IReadOnlyList<SlotGroup> groups)
    {
        Corruption[] steps = [.. corruption.Links.Where(step => step != None).Select(step =>
            step is MaskingNoise masking ? new HidingNoise(masking.Probability, groups) : step)];
        return new CorruptionChain(
            steps.Any(step => step is HidingNoise) ? steps : [.. steps, new HidingNoise(UsualShare, groups)]);
    }

    private protected override IReadOnlyList<object?> Values => [probability];

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random)
    {
        if (groups.Count == 0)
            return rows.Masked(Draws.UniformLike(rows, random).IsBelow(probability), double.NaN);
        long[] units = SlotGroup.Units(groups, (int)rows.shape[1]);
        Tensor draws = Draws.Uniform([rows.shape[0], units[^1] + 1], rows.dtype, rows.device, random);
        Tensor ofSlots = draws.index_select(1, tensor(units, device: CPU).SendTo(rows.device));
        return rows.Masked(ofSlots.IsBelow(probability), double.NaN);
    }
}
