using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Kernels;

/// <summary>Torch's convolutions, in forms whose results are right.</summary>
/// <remarks>
/// In its usual form torch 2.10 fills blocks of 16 channels up with what happens to be in a processor's memory, and
/// where that is NaN gives NaN: in transposed convolutions, in the gradient of a convolution's input, and forward where
/// a last block is not full. On processors with vectors of 512 bits other numbers do harm, too. With channels that lie
/// innermost in memory, and with two where there is one, it does not. On processors with vectors of 256 bits it then
/// computes the forward pass, and that backward through a transposed convolution, wrongly for many numbers of filters
/// beyond 32, such as 40, 48 and 80 of pictures that are 3 wide, but for none that is a multiple of 32: zeros fill the
/// others up.
/// </remarks>
internal static class TorchConvolutions
{
    private const int Block = 16;

    /// <summary>The block where vectors have 256 bits. One alone need not be full.</summary>
    private const int NarrowBlock = 8;

    /// <summary>Filters that the forward pass with channels innermost computes together.</summary>
    private const int FiltersTogether = 32;

    /// <summary>A convolution.</summary>
    /// <param name="input">What is convolved.</param>
    /// <param name="kernel">Its kernel.</param>
    /// <param name="bias">Its bias.</param>
    /// <param name="strides">Of each axis.</param>
    /// <param name="padding">Of each axis.</param>
    /// <param name="isBack">Whether a backward pass may follow.</param>
    public static Tensor Convolve(Tensor input, Tensor kernel, Tensor bias, long[] strides, long[] padding, bool isBack)
    {
        if (IsUsualRight(input, isBack))
            return Usual(input, kernel, bias, strides, padding);
        if (input.shape[1] == 1)
            (input, kernel) = (Widened(input, 1), Widened(kernel, 1));
        long filters = kernel.shape[0];
        long missing = MissingFilters(filters);
        (kernel, bias) = (ZeroPadding.After(kernel, 0, missing), ZeroPadding.After(bias, 0, missing));
        Tensor output = Usual(ChannelsInnermost(input), ChannelsInnermost(kernel), bias, strides, padding);
        return missing == 0 ? output : output.narrow(1, 0, filters);
    }

    /// <summary>A transposed convolution.</summary>
    public static Tensor ConvolveTransposed(Tensor input, Tensor kernel, Tensor bias, long[] strides, long[] padding,
        long[] outputPadding)
    {
        if (input.device_type != DeviceType.CPU)
            return UsualTransposed(input, kernel, bias, strides, padding, outputPadding);
        bool isSingle = kernel.shape[1] == 1;
        if (isSingle)
            (kernel, bias) = (Widened(kernel, 1), Widened(bias, 0));
        if (is_grad_enabled() && MissingFilters(kernel.shape[0]) is > 0 and long missing)
            (input, kernel) = (ZeroPadding.After(input, 1, missing), ZeroPadding.After(kernel, 0, missing));
        Tensor output = UsualTransposed(ChannelsInnermost(input), ChannelsInnermost(kernel), bias, strides, padding,
            outputPadding);
        return isSingle ? output.narrow(1, 0, 1) : output;
    }

    /// <summary>
    /// Forward, where the last block is full or the only one; backward, where there is one channel without a gradient.
    /// The usual form is then the fastest, too.
    /// </summary>
    private static bool IsUsualRight(Tensor input, bool isBack) =>
        input.device_type != DeviceType.CPU || (isBack
            ? input.shape[1] == 1 && !input.requires_grad
            : input.shape[1] <= NarrowBlock || input.shape[1] % Block == 0);

    private static long MissingFilters(long filters) =>
        filters < FiltersTogether ? 0 : -filters & (FiltersTogether - 1);

    private static Tensor Usual(Tensor input, Tensor kernel, Tensor bias, long[] strides, long[] padding) =>
        functional.conv2d(input, kernel, bias, strides: strides, padding: padding);

    private static Tensor UsualTransposed(Tensor input, Tensor kernel, Tensor bias, long[] strides, long[] padding,
        long[] outputPadding) =>
        functional.conv_transpose2d(input, kernel, bias, strides: strides, padding: padding,
            output_padding: outputPadding);

    /// <summary>A second channel of zeros after a single one.</summary>
    private static Tensor Widened(Tensor tensor, int dimension) => ZeroPadding.After(tensor, dimension, 1);

    /// <summary>
    /// Copies nothing where they are so already. A single channel is marked as innermost, too: torch gives results
    /// the order of what it takes.
    /// </summary>
    private static Tensor ChannelsInnermost(Tensor pictures) => pictures.permute(0, 2, 3, 1) // [B, H, W, C]
        .flatten(1).unflatten(1, pictures.shape[2], pictures.shape[3], pictures.shape[1])
        .permute(0, 3, 1, 2);
}
