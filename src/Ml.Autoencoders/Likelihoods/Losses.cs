using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>The formulas of the losses, each once, as functions of tensors.</summary>
internal static class Losses
{
    /// <summary>Per slot, (x - y)²: <c>[B, D]</c>, <c>[B, D]</c> to <c>[B, D]</c>.</summary>
    public static Tensor SquaredErrors(Tensor target, Tensor output) =>
        nn.functional.mse_loss(output, target, nn.Reduction.None);

    /// <summary>Per row, (1/D) Σ_d (x_d - y_d)²: <c>[B, D]</c>, <c>[B, D]</c> to <c>[B]</c>.</summary>
    public static Tensor MeanSquaredError(Tensor target, Tensor output) => MeanOverSlots(SquaredErrors(target, output));

    /// <summary>
    /// Per slot, -(x ln s(l) + (1 - x) ln(1 - s(l))) with s the sigmoid, computed as max(l, 0) - x l + ln(1 +
    /// exp(-|l|)), which neither overflows nor rounds to 0: <c>[B, D]</c>, <c>[B, D]</c> to <c>[B, D]</c>.
    /// </summary>
    /// <remarks>Bishop 2006, "Pattern Recognition and Machine Learning", equation 4.90, per slot.</remarks>
    public static Tensor BinaryCrossEntropiesOfLogits(Tensor target, Tensor logits) =>
        nn.functional.binary_cross_entropy_with_logits(logits, target, reduction: nn.Reduction.None);

    /// <summary>Per row, the mean over its slots of <see cref="BinaryCrossEntropiesOfLogits"/>: <c>[B]</c>.</summary>
    public static Tensor BinaryCrossEntropyOfLogits(Tensor target, Tensor logits) =>
        MeanOverSlots(BinaryCrossEntropiesOfLogits(target, logits));

    /// <summary>Per row, (1/Z) Σ_j |z_j|: <c>[B, Z]</c> to <c>[B]</c>.</summary>
    public static Tensor MeanAbsolute(Tensor code) => MeanOverSlots(code.abs());

    /// <summary>
    /// Per row, (1/D) Σ_d e_d: <c>[B, D]</c> to <c>[B]</c>. The same bits as torch's mean, with one pass fewer: that
    /// one spreads the gradient over the slots before it divides it.
    /// </summary>
    public static Tensor MeanOverSlots(Tensor errors) => errors.sum([1L]).Over(errors.shape[1]);
}
