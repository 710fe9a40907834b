using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// Convolutions in the forms that suit a processor. The mathematics is that of torch's; numbers are added in another
/// order. Torch computes with channels that lie innermost in memory. Where there is one channel, as at both ends of an
/// autoencoder of gray pictures, managed code does where it has torch's threads: torch's kernels work on blocks of
/// eight or sixteen channels.
/// </summary>
/// <remarks>
/// In its usual form torch 2.10 fills blocks of 16 channels up with what happens to be in memory, and where that is NaN
/// gives NaN: in transposed convolutions, in the gradient of a convolution's input, and forward where a last
/// block is not full. On processors with vectors of 512 bits other numbers do harm, too.
/// </remarks>
internal static class CpuConvolutions
{
    private const int Block = 16;

    /// <summary>Whether to use them.</summary>
    public static bool Suit(Tensor input) => input.device_type == DeviceType.CPU;

    /// <summary><c>[B, C, H, W]</c>, kernel <c>[F, C, k, l]</c>, bias <c>[F]</c> to <c>[B, F, H', W']</c>; or
    /// <c>[B, C, T]</c>, kernel <c>[F, C, k]</c> to <c>[B, F, T']</c>.</summary>
    public static Tensor Convolve(Tensor input, Tensor kernel, Tensor bias, long[] stride, long[] padding,
        bool isTraining)
    {
        if (kernel.dim() == 3)
            return Convolve(input.unsqueeze(2), kernel.unsqueeze(2), bias, [1, .. stride], [0, .. padding], isTraining)
                .squeeze(2);
        // Correct, and the fastest where no backward pass follows, as one may through what a prior encodes.
        if (!isTraining && !is_grad_enabled() && (input.shape[1] <= Block || input.shape[1] % Block == 0))
            return functional.conv2d(input, kernel, bias, strides: stride, padding: padding);
        long Size(int axis) =>
            (input.shape[axis + 2] + 2 * padding[axis] - kernel.shape[axis + 2]) / stride[axis] + 1;
        if (input.shape[1] == 1)
        {
            if (IsSquare(kernel, stride, padding)
                && new OneChannelGeometry((input.shape[2], input.shape[3]), (Size(0), Size(1)), kernel.shape[2],
                    (int)stride[0], (int)padding[0]) is var geometry
                && Suits(geometry, input, kernel))
            {
                long filters = kernel.shape[0];
                // [B, H', W', F]
                Tensor features = OneChannelConvolution.apply(input.contiguous().flatten(0, 1), WholeVectors(kernel, 0),
                    WholeVectors(bias, 0), geometry);
                return (Missing(filters) == 0 ? features : features.narrow(3, 0, filters)).permute(0, 3, 1, 2);
            }
            return Convolve(Widened(input, 1), Widened(kernel, 1), bias, stride, padding, isTraining);
        }
        return functional.conv2d(ChannelsInnermost(input), ChannelsInnermost(kernel), bias, strides: stride,
            padding: padding);
    }

    /// <summary><c>[B, F, H', W']</c>, kernel <c>[F, C, k, l]</c>, bias <c>[C]</c> to <c>[B, C, H, W]</c>; or
    /// <c>[B, F, T']</c>, kernel <c>[F, C, k]</c> to <c>[B, C, T]</c>.</summary>
    public static Tensor Transpose(Tensor input, Tensor kernel, Tensor bias, long[] stride, long[] padding,
        long[] outputPadding)
    {
        if (kernel.dim() == 3)
            return Transpose(input.unsqueeze(2), kernel.unsqueeze(2), bias, [1, .. stride], [0, .. padding],
                [0, .. outputPadding]).squeeze(2);
        long Size(int axis) =>
            (input.shape[axis + 2] - 1) * stride[axis] - 2 * padding[axis] + kernel.shape[axis + 2]
                + outputPadding[axis];
        if (kernel.shape[1] == 1)
        {
            if (IsSquare(kernel, stride, padding)
                && new OneChannelGeometry((Size(0), Size(1)), (input.shape[2], input.shape[3]), kernel.shape[2],
                    (int)stride[0], (int)padding[0]) is var geometry
                && Suits(geometry, input, kernel))
            {
                Tensor features = WholeVectors(input.permute(0, 2, 3, 1), 3).contiguous(); // [B, H', W', F]
                return OneChannelTransposition.apply(features, WholeVectors(kernel, 0), bias, geometry).unsqueeze(1);
            }
            return Transpose(input, Widened(kernel, 1), Widened(bias, 0), stride, padding, outputPadding)
                .narrow(1, 0, 1);
        }
        return functional.conv_transpose2d(ChannelsInnermost(input), ChannelsInnermost(kernel), bias,
            strides: stride, padding: padding, output_padding: outputPadding);
    }

    /// <summary>Whether one number each describes kernel, stride and padding.</summary>
    private static bool IsSquare(Tensor kernel, long[] stride, long[] padding) =>
        kernel.shape[2] == kernel.shape[3] && stride[0] == stride[1] && padding[0] == padding[1];

    private static bool Suits(OneChannelGeometry geometry, Tensor input, Tensor kernel) =>
        TorchThreads.AreShared && input.dtype == ScalarType.Float32
            && OneChannelBatch.HasRoomFor(geometry, input.shape[0], kernel.shape[0] + Missing(kernel.shape[0]));

    /// <summary>Zeros at the end of a dimension, until it fills whole vectors.</summary>
    private static Tensor WholeVectors(Tensor tensor, int dimension) =>
        WithZeros(tensor, dimension, Missing(tensor.shape[dimension]));

    /// <summary>A second channel of zeros after a single one.</summary>
    private static Tensor Widened(Tensor tensor, int dimension) => WithZeros(tensor, dimension, 1);

    private static Tensor WithZeros(Tensor tensor, int dimension, long count)
    {
        if (count == 0)
            return tensor;
        long[] shape = tensor.shape;
        shape[dimension] = count;
        return cat([tensor, zeros(shape, dtype: tensor.dtype, device: tensor.device)], dimension);
    }

    private static long Missing(long filters) =>
        (OneChannelKernels.Lanes - filters % OneChannelKernels.Lanes) % OneChannelKernels.Lanes;

    /// <summary>
    /// Copies nothing where they are so already. A single channel is marked as innermost, too: torch gives results
    /// the order of what it takes.
    /// </summary>
    private static Tensor ChannelsInnermost(Tensor pictures) => pictures.permute(0, 2, 3, 1) // [B, H, W, C]
        .flatten(1).unflatten(1, pictures.shape[2], pictures.shape[3], pictures.shape[1])
        .permute(0, 3, 1, 2);
}
