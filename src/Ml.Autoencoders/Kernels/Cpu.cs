using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// The one door to what has code of our own on a processor: each operation begins with where that wins, and is torch's
/// elsewhere, other devices included. The mathematics is torch's; numbers are added in another order.
/// </summary>
internal static class Cpu
{
    // Gain: torch's time over ours, forward and backward. "-- kernels" of tests/Ml.Autoencoders.Benchmarks measures it.
    // Z: AMD Zen 5, vectors of 512 bits. X: decision 0012, vectors of 256 bits.
    //
    // operation               where ours is used                       gain there                         decision
    // Linear, training        Zen 5 and later, products that fill      1.9 to 2.5 (Z)                     0012
    //                         tiles and are at least 2^21 operations
    // Linear, prediction      a processor: torch's in whole groups     none: right bits for each row      0019
    // Convolve, training,     a processor: gives channels innermost,   2.4 (X), 1.2 to 1.7 (Z)            0012, 0033
    // from one channel        as the next layer takes them
    // ConvolveTransposed      a processor                              2.6 to 3.7 (X), 1.4 to 2.2 (Z)     0012, 0033
    // to one channel
    // the same, more channels a processor: torch's, channels innermost none: right numbers                0012
    // CrossEntropy            a processor                              1.4 to 1.9 (Z)                     0033
    // Recurrence, training    a processor                              right numbers of LSTMs             0043

    /// <summary>y = x W' + b: <c>[B, in]</c>, <c>[out, in]</c>, <c>[out]</c> to <c>[B, out]</c>.</summary>
    public static Tensor Linear(Tensor input, Tensor weight, Tensor bias, bool isTraining) =>
        Linear(input, weight, bias, isTraining, MatrixProduct.IsFaster);

    /// <summary>The same on a processor where products in managed code are faster than torch's, or not.</summary>
    internal static Tensor Linear(Tensor input, Tensor weight, Tensor bias, bool isTraining, bool productsAreFaster)
    {
        // In training, large products on Zen 5 and later: ours, else torch's.
        if (!isTraining)
            return CpuLinear.InWholeGroups(input, weight, bias);
        return productsAreFaster && CpuLinear.Suits(input, weight)
            ? CpuLinear.ByProducts(input, weight, bias) : functional.linear(input, weight, bias);
    }

    /// <summary><c>[B, C, H, W]</c>, kernel <c>[F, C, k, l]</c>, bias <c>[F]</c> to <c>[B, F, H', W']</c>; or
    /// <c>[B, C, T]</c>, kernel <c>[F, C, k]</c> to <c>[B, F, T']</c>.</summary>
    public static Tensor Convolve(Tensor input, Tensor kernel, Tensor bias, long[] strides, long[] padding,
        bool isTraining)
    {
        if (strides.Length == 1)
        {
            return Convolve(input.unsqueeze(2), kernel.unsqueeze(2), bias, [1, .. strides], [0, .. padding], isTraining)
                .squeeze(2);
        }
        // One channel and a backward pass: ours, else torch's, in a form that is right.
        bool isBack = isTraining || is_grad_enabled();
        return (isBack ? OneChannel.Convolve(input, kernel, bias, strides, padding) : null)
            ?? TorchConvolutions.Convolve(input, kernel, bias, strides, padding, isBack);
    }

    /// <summary><c>[B, F, H', W']</c>, kernel <c>[F, C, k, l]</c>, bias <c>[C]</c> to <c>[B, C, H, W]</c>; or
    /// <c>[B, F, T']</c>, kernel <c>[F, C, k]</c> to <c>[B, C, T]</c>.</summary>
    public static Tensor ConvolveTransposed(Tensor input, Tensor kernel, Tensor bias, long[] strides, long[] padding,
        long[] outputPadding)
    {
        if (strides.Length == 1)
        {
            return ConvolveTransposed(input.unsqueeze(2), kernel.unsqueeze(2), bias, [1, .. strides], [0, .. padding],
                [0, .. outputPadding]).squeeze(2);
        }
        // One channel on a processor: ours, else torch's, in a form that is right.
        return OneChannel.ConvolveTransposed(input, kernel, bias, strides, padding, outputPadding)
            ?? TorchConvolutions.ConvolveTransposed(input, kernel, bias, strides, padding, outputPadding);
    }

    /// <summary>One direction of a recurrence in training on a processor, <c>[T, B, I]</c> to
    /// <c>[T, B, H]</c>.</summary>
    /// <param name="input">The numbers of the steps.</param>
    /// <param name="states">Before the first step, <c>[B, H]</c>: of an LSTM with its memory.</param>
    /// <param name="weights"><c>[G H, I]</c>, <c>[G H, H]</c>, <c>[G H]</c>, <c>[G H]</c>.</param>
    /// <param name="isBackward">Whether the last step comes first.</param>
    public static Tensor Recurrence(Tensor input, Tensor[] states, Tensor[] weights, bool isBackward)
    {
        // What the steps give the gates is one product for all of them.
        Tensor given = Linear(input.flatten(0, 1), weights[0], weights[2], isTraining: true)
            .unflatten(0, input.shape[0], input.shape[1]);                             // [T, B, G H]
        Tensor shown = CpuRecurrence.Of(isBackward ? given.flip(0) : given, states[0], states[^1], weights[1],
            weights[3]);
        return isBackward ? shown.flip(0) : shown;
    }

    /// <summary>
    /// Per row, the mean cross-entropy of log-odds: <c>[B, D]</c>, <c>[B, D]</c> to <c>[B]</c>. Only the log-odds get
    /// a gradient.
    /// </summary>
    public static Tensor CrossEntropy(Tensor target, Tensor logits)
    {
        // On a processor: ours, else torch's.
        return CpuCrossEntropy.Suits(target, logits)
            ? CpuCrossEntropy.apply(target, logits) : TorchCrossEntropy(target, logits);
    }

    /// <summary>Torch's, which makes a pass for each of its parts.</summary>
    internal static Tensor TorchCrossEntropy(Tensor target, Tensor logits) =>
        functional.binary_cross_entropy_with_logits(logits, target, reduction: Reduction.None)
            .sum([1L]).Over(logits.shape[1]);
}
