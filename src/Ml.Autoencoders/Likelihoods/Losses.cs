using Ml.Autoencoders.Arrays;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>The formulas of the losses.</summary>
internal static class Losses
{
    /// <summary>
    /// Per row, (1/D) Σ_d e_d: <c>[..., D]</c> to <c>[...]</c>. The same bits as torch's mean, with one pass fewer:
    /// that one spreads the gradient over the slots before it divides it.
    /// </summary>
    public static T MeanOverSlots<T>(T errors) where T : struct, IArray<T> => errors.Sum(-1) / errors.Size(-1);

    /// <summary>Per row, the sum over the slots that are there, over what these count as; 0 where none is:
    /// <c>[..., D]</c> to <c>[...]</c>.</summary>
    /// <param name="errors">The errors of slots.</param>
    /// <param name="rows">The rows that they are of.</param>
    public static T MeanOverSlots<T>(T errors, GappedRows<T> rows) where T : struct, IArray<T> =>
        rows.Observed is { } observed ? rows.Without(errors).Sum(-1) / observed.AtLeast(1)
        : errors.Sum(-1) / rows.Whole;

    /// <summary>Per row, (1/D) Σ_d (x_d - y_d)²: <c>[B, D]</c>, <c>[B, D]</c> to <c>[B]</c>.</summary>
    public static Tensor MeanSquaredError(Tensor target, Tensor output) =>
        MeanOverSlots(new TorchArray(output).SquaredDistance(target));

    /// <summary>Per row, the mean over its slots of the cross-entropy: <c>[B, D]</c>, <c>[B, D]</c> to
    /// <c>[B]</c>.</summary>
    public static Tensor BinaryCrossEntropyOfLogits(Tensor target, Tensor logits) =>
        MeanOverSlots(new TorchArray(logits).CrossEntropyWithLogits(target));

    /// <summary>Per row, (1/Z) Σ_j |z_j|: <c>[B, Z]</c> to <c>[B]</c>.</summary>
    public static Tensor MeanAbsolute(Tensor code) => MeanOverSlots(new TorchArray(code).Abs());
}
