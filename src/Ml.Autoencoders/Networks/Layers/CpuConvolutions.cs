using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Torch's convolutions in the forms that a processor trains fastest. The mathematics is the same; numbers are added in another order.
/// Where there are many channels, they lie innermost in memory. Where there is one, as at both ends of an autoencoder of grey pictures,
/// a product of matrices takes the place of torch's kernels, which work on blocks of eight or sixteen channels.
/// </summary>
internal static class CpuConvolutions
{
    /// <summary><c>[B, C, H, W]</c>, kernel <c>[F, C, k, k]</c>, bias <c>[F]</c> to <c>[B, F, H', W']</c>.</summary>
    public static Tensor Convolve(Tensor input, Tensor kernel, Tensor bias, int stride, int padding) => input.shape[1] == 1
        ? Patched(input, kernel, bias, stride, padding)
        : functional.conv2d(ChannelsInnermost(input), ChannelsInnermost(kernel), bias, strides: [stride, stride], padding: [padding, padding]);

    /// <summary><c>[B, F, H', W']</c>, kernel <c>[F, C, k, k]</c>, bias <c>[C]</c> to <c>[B, C, H, W]</c>.</summary>
    public static Tensor Transpose(Tensor input, Tensor kernel, Tensor bias, int stride, int padding, int[] outputPadding)
    {
        if (kernel.shape[1] == 1)
            return Overlapped(input, kernel, bias, stride, padding, outputPadding);
        return functional.conv_transpose2d(ChannelsInnermost(input), ChannelsInnermost(kernel), bias, strides: [stride, stride],
            padding: [padding, padding], output_padding: [outputPadding[0], outputPadding[1]]);
    }

    private static Tensor ChannelsInnermost(Tensor pictures) => pictures.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    private static Tensor Patched(Tensor input, Tensor kernel, Tensor bias, int stride, int padding)
    {
        long size = kernel.shape[2];
        Tensor patches = functional.pad(input, [padding, padding, padding, padding])
            .unfold(2, size, stride).unfold(3, size, stride)                      // [B, C, H', W', k, k]
            .permute(0, 2, 3, 1, 4, 5);                                           // [B, H', W', C, k, k]
        return functional.linear(patches.flatten(3), kernel.flatten(1), bias)     // [B, H', W', F]
            .permute(0, 3, 1, 2);
    }

    private static Tensor Overlapped(Tensor input, Tensor kernel, Tensor bias, int stride, int padding, int[] outputPadding)
    {
        long Size(int dimension) => (input.shape[dimension] - 1) * stride - 2L * padding + kernel.shape[dimension] + outputPadding[dimension - 2];
        Tensor products = matmul(input.permute(0, 2, 3, 1), kernel.flatten(1))    // [B, H', W', C k k]
            .unflatten(3, kernel.shape[1], kernel.shape[2], kernel.shape[3]);     // [B, H', W', C, k, k]
        Tensor rows = Overlap(products, 1, 4, stride, padding, Size(2));          // [B, H, W', C, k]
        Tensor pixels = Overlap(rows, 2, 4, stride, padding, Size(3));            // [B, H, W, C]
        return pixels.Plus(bias).permute(0, 3, 1, 2);
    }

    /// <summary>
    /// Adds what the k numbers of a kernel make of each of n places to the places n stride - padding ... + k - 1. Those that are a stride
    /// apart in the kernel meet the same phase of the result, a place later.
    /// </summary>
    private static Tensor Overlap(Tensor products, int place, int tap, int stride, int padding, long size)
    {
        int taps = (int)products.shape[tap];
        int reach = (taps - 1) / stride;
        Tensor[] phases = [.. Enumerable.Range(0, stride).Select(phase => Phase(products, place, tap, phase, stride, reach))];
        Tensor joined = stack(phases, place + 1).flatten(place, place + 1);
        long missing = padding + size - joined.shape[place];
        return (missing > 0 ? Shift(joined, place, 0, missing) : joined).narrow(place, padding, size);
    }

    private static Tensor Phase(Tensor products, int place, int tap, int phase, int stride, int reach)
    {
        Tensor? sum = null;
        for (int i = phase; i < products.shape[tap]; i += stride)
        {
            Tensor shifted = Shift(products.select(tap, i), place, i / stride, reach - i / stride);
            sum = sum?.Plus(shifted) ?? shifted;
        }
        return sum ?? Shift(zeros_like(products.select(tap, 0)), place, 0, reach);
    }

    /// <summary>Zeros before and behind a dimension.</summary>
    private static Tensor Shift(Tensor values, int dimension, long before, long behind)
    {
        if (before == 0 && behind == 0)
            return values;
        var padding = new long[2 * (values.dim() - dimension)];
        (padding[^2], padding[^1]) = (before, behind);
        return functional.pad(values, padding);
    }
}
