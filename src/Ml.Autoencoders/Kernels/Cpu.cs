using System.Runtime.Intrinsics.X86;
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
    // Linear, training        Zen 5 and later, products that fill      1.5 to 2.0 (Z)                     0012
    //                         tiles and are at least 2^21 operations
    // Linear, prediction      a processor: torch's in whole groups     none: right bits for each row      0019
    // Convolve, training,     a processor; with 512 bits only up to    2.4 (X); 1.2 (Z) with 8 filters,   0012, 0033
    // from one channel        8 filters, or for the input's gradient   0.7 to 0.85 with more
    // ConvolveTransposed      a processor                              2.6 to 3.7 (X), 1.3 to 2.2 (Z)     0012, 0033
    // to one channel
    // the same, more channels a processor: torch's, channels innermost none: right numbers                0012
    // CrossEntropy            a processor                              1.5 to 2.3 (Z)                     0033

    /// <summary>Filters up to which torch's wider vectors gain nothing over ours.</summary>
    private const int FewFilters = 8;

    /// <summary>
    /// Whether torch's convolutions compute with vectors of 512 bits: twice those of ours.
    /// </summary>
    internal static bool HasWideVectors => Avx512F.IsSupported;

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
        bool isTraining) =>
        Convolve(input, kernel, bias, strides, padding, isTraining, HasWideVectors);

    /// <summary>The same on a processor where torch computes with vectors of 512 bits, or not.</summary>
    internal static Tensor Convolve(Tensor input, Tensor kernel, Tensor bias, long[] strides, long[] padding,
        bool isTraining, bool hasWideVectors)
    {
        if (strides.Length == 1)
        {
            return Convolve(input.unsqueeze(2), kernel.unsqueeze(2), bias, [1, .. strides], [0, .. padding], isTraining,
                hasWideVectors).squeeze(2);
        }
        // One channel, a backward pass, and narrow vectors, few filters or a gradient of the input: ours, else torch's.
        bool isBack = isTraining || is_grad_enabled();
        bool isOurs = isBack && IsOneChannelFaster(input, kernel, hasWideVectors);
        return (isOurs ? OneChannel.Convolve(input, kernel, bias, strides, padding) : null)
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

    /// <summary>Whether a convolution from one channel is faster our way than in torch's right form.</summary>
    internal static bool IsOneChannelFaster(Tensor input, Tensor kernel, bool hasWideVectors) =>
        !hasWideVectors || kernel.shape[0] <= FewFilters || input.requires_grad;

    /// <summary>Torch's, which makes a pass for each of its parts.</summary>
    internal static Tensor TorchCrossEntropy(Tensor target, Tensor logits) =>
        functional.binary_cross_entropy_with_logits(logits, target, reduction: Reduction.None)
            .sum([1L]).Over(logits.shape[1]);
}
