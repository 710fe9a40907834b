using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>The formulas of the losses, each once, as functions of tensors.</summary>
internal static class Losses
{
    /// <summary>Per slot, (x - y)²: <c>[B, D]</c>, <c>[B, D]</c> to <c>[B, D]</c>.</summary>
    public static Tensor SquaredErrors(Tensor target, Tensor output) => nn.functional.mse_loss(output, target, nn.Reduction.None);

    /// <summary>Per row, (1/D) Σ_d (x_d - y_d)²: <c>[B, D]</c>, <c>[B, D]</c> to <c>[B]</c>.</summary>
    public static Tensor MeanSquaredError(Tensor target, Tensor output) => SquaredErrors(target, output).mean([1]);

    /// <summary>
    /// Per slot, -(x ln s(l) + (1 - x) ln(1 - s(l))) with s the sigmoid, computed as max(l, 0) - x l + ln(1 + exp(-|l|)), which
    /// neither overflows nor rounds to 0: <c>[B, D]</c>, <c>[B, D]</c> to <c>[B, D]</c>.
    /// </summary>
    /// <remarks>Bishop 2006, "Pattern Recognition and Machine Learning", equation 4.90, per slot.</remarks>
    public static Tensor BinaryCrossEntropiesOfLogits(Tensor target, Tensor logits) =>
        nn.functional.binary_cross_entropy_with_logits(logits, target, reduction: nn.Reduction.None);

    /// <summary>Per row, the mean over its slots of <see cref="BinaryCrossEntropiesOfLogits"/>: <c>[B]</c>.</summary>
    public static Tensor BinaryCrossEntropyOfLogits(Tensor target, Tensor logits) => BinaryCrossEntropiesOfLogits(target, logits).mean([1]);

    /// <summary>Per row, (1/Z) Σ_j |z_j|: <c>[B, Z]</c> to <c>[B]</c>.</summary>
    public static Tensor MeanAbsolute(Tensor code) => code.abs().mean([1]);
}
