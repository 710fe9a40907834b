using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>Makes each slot a gap with a probability: what a fit does in which values may be missing, so that it learns
/// to fill them, and what <see cref="Corruption.Masking"/> does in such a fit. Not in files.</summary>
internal sealed class HidingNoise(float probability) : Corruption
{
    /// <summary>The share of slots that a fit hides whose corruption hides none.</summary>
    public const float UsualShare = 0.2f;

    /// <summary>A corruption for rows with gaps, among whose steps is one that hides slots.</summary>
    public static Corruption Of(Corruption corruption)
    {
        Corruption[] steps = [.. corruption.Links.Where(step => step != None).Select(step =>
            step is MaskingNoise masking ? new HidingNoise(masking.Probability) : step)];
        return new CorruptionChain(
            steps.Any(step => step is HidingNoise) ? steps : [.. steps, new HidingNoise(UsualShare)]);
    }

    private protected override IReadOnlyList<object?> Values => [probability];

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random) =>
        rows.Masked(Draws.UniformLike(rows, random).IsBelow(probability), double.NaN);
}
