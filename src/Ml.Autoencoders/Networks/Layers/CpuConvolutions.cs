using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Torch's convolutions in the forms that a processor trains fastest. The mathematics is the same; numbers are added in another order.
/// Where there are many channels, they lie innermost in memory. Where there is one, as at both ends of an autoencoder of grey pictures,
/// products of matrices take the place of torch's kernels, which work on blocks of eight or sixteen channels: one for each picture, because
/// torch shares pictures out to its threads, and not the many rows of one product with few columns.
/// </summary>
internal static class CpuConvolutions
{
    /// <summary>Whether to use them: where no backward pass follows, torch's own forms are as fast.</summary>
    public static bool Suit(Tensor input, ForwardMode mode) => input.device_type == DeviceType.CPU && mode.IsTraining;

    /// <summary><c>[B, C, H, W]</c>, kernel <c>[F, C, k, k]</c>, bias <c>[F]</c> to <c>[B, F, H', W']</c>.</summary>
    public static Tensor Convolve(Tensor input, Tensor kernel, Tensor bias, int stride, int padding) =>
        input.shape[1] == 1
            ? Patched(input, kernel, bias, stride, padding)
            : functional.conv2d(ChannelsInnermost(input), ChannelsInnermost(kernel), bias, strides: [stride, stride], padding: [padding, padding]);

    /// <summary><c>[B, F, H', W']</c>, kernel <c>[F, C, k, k]</c>, bias <c>[C]</c> to <c>[B, C, H, W]</c>.</summary>
    public static Tensor Transpose(Tensor input, Tensor kernel, Tensor bias, int stride, int padding, int[] outputPadding) => kernel.shape[1] == 1
        ? Folded(input, kernel, bias, stride, padding, outputPadding)
        : functional.conv_transpose2d(ChannelsInnermost(input), ChannelsInnermost(kernel), bias, strides: [stride, stride],
            padding: [padding, padding], output_padding: [outputPadding[0], outputPadding[1]]);

    /// <summary>Copies nothing where they are so already. A single channel is marked as innermost, too: torch gives results the order of
    /// what it takes.</summary>
    private static Tensor ChannelsInnermost(Tensor pictures) => pictures.permute(0, 2, 3, 1) // [B, H, W, C]
        .flatten(1).unflatten(1, pictures.shape[2], pictures.shape[3], pictures.shape[1])
        .permute(0, 3, 1, 2);

    private static Tensor Patched(Tensor input, Tensor kernel, Tensor bias, int stride, int padding)
    {
        long size = kernel.shape[2];
        Tensor patches = functional.pad(input, [padding, padding, padding, padding])
            .unfold(2, size, stride).unfold(3, size, stride)                      // [B, C, H', W', k, k]
            .permute(0, 2, 3, 1, 4, 5);                                           // [B, H', W', C, k, k]
        return matmul(patches.flatten(3).flatten(1, 2), ForEach(input, kernel.flatten(1).t())) // [B, H' W', F]
            .PlusInPlace(bias)
            .unflatten(1, patches.shape[1], patches.shape[2]).permute(0, 3, 1, 2);
    }

    private static Tensor Folded(Tensor input, Tensor kernel, Tensor bias, int stride, int padding, int[] outputPadding)
    {
        long Size(int dimension) => (input.shape[dimension] - 1) * stride - 2L * padding + kernel.shape[dimension] + outputPadding[dimension - 2];
        Tensor places = input.permute(0, 2, 3, 1).flatten(1, 2).transpose(1, 2);  // [B, F, H' W'], channels innermost
        Tensor products = matmul(ForEach(input, kernel.flatten(1).t()), places);  // [B, C k k, H' W']
        return functional.fold(products, (Size(2), Size(3)), (kernel.shape[2], kernel.shape[3]), padding: (padding, padding), stride: (stride, stride))
            .PlusInPlace(bias.reshape(-1, 1, 1));
    }

    private static Tensor ForEach(Tensor pictures, Tensor matrix) => matrix.unsqueeze(0).expand(pictures.shape[0], -1, -1);
}
