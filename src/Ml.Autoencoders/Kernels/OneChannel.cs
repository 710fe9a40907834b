using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// Convolutions from one channel and to one, as at both ends of an autoencoder of gray pictures, in managed code:
/// torch's kernels work on blocks of eight or sixteen channels.
/// </summary>
internal static class OneChannel
{
    /// <summary>A convolution; null where it has not one channel, or is not one for managed code.</summary>
    public static Tensor? Convolve(Tensor input, Tensor kernel, Tensor bias, long[] strides, long[] padding)
    {
        if (input.shape[1] != 1 || !IsTaken(input) || !IsSquare(kernel, strides, padding))
            return null;
        long Size(int axis) =>
            (input.shape[axis + 2] + 2 * padding[axis] - kernel.shape[axis + 2]) / strides[axis] + 1;
        var geometry = new OneChannelGeometry((input.shape[2], input.shape[3]), (Size(0), Size(1)), kernel.shape[2],
            (int)strides[0], (int)padding[0]);
        if (!HasRoom(geometry, input, kernel))
            return null;
        long filters = kernel.shape[0];
        // [B, H', W', F]
        Tensor features = OneChannelConvolution.apply(input.contiguous().flatten(0, 1), WholeVectors(kernel, 0),
            WholeVectors(bias, 0), geometry);
        return (Missing(filters) == 0 ? features : features.narrow(3, 0, filters)).permute(0, 3, 1, 2);
    }

    /// <summary>The same of a transposed convolution.</summary>
    public static Tensor? ConvolveTransposed(Tensor input, Tensor kernel, Tensor bias, long[] strides, long[] padding,
        long[] outputPadding)
    {
        if (kernel.shape[1] != 1 || !IsTaken(input) || !IsSquare(kernel, strides, padding))
            return null;
        long Size(int axis) =>
            (input.shape[axis + 2] - 1) * strides[axis] - 2 * padding[axis] + kernel.shape[axis + 2]
                + outputPadding[axis];
        var geometry = new OneChannelGeometry((Size(0), Size(1)), (input.shape[2], input.shape[3]), kernel.shape[2],
            (int)strides[0], (int)padding[0]);
        if (!HasRoom(geometry, input, kernel))
            return null;
        Tensor features = WholeVectors(input.permute(0, 2, 3, 1), 3).contiguous(); // [B, H', W', F]
        return OneChannelTransposition.apply(features, WholeVectors(kernel, 0), bias, geometry).unsqueeze(1);
    }

    /// <summary>Whether one number each describes kernel, stride and padding.</summary>
    private static bool IsSquare(Tensor kernel, long[] strides, long[] padding) =>
        kernel.shape[2] == kernel.shape[3] && strides[0] == strides[1] && padding[0] == padding[1];

    private static bool IsTaken(Tensor input) =>
        input.device_type == DeviceType.CPU && input.dtype == ScalarType.Float32 && TorchThreads.AreShared;

    private static bool HasRoom(OneChannelGeometry geometry, Tensor input, Tensor kernel) =>
        OneChannelBatch.HasRoomFor(geometry, input.shape[0], kernel.shape[0] + Missing(kernel.shape[0]));

    /// <summary>Zeros at the end of a dimension, until it fills whole vectors.</summary>
    private static Tensor WholeVectors(Tensor tensor, int dimension) =>
        ZeroPadding.After(tensor, dimension, Missing(tensor.shape[dimension]));

    private static long Missing(long filters) =>
        (OneChannelKernels.Lanes - filters % OneChannelKernels.Lanes) % OneChannelKernels.Lanes;
}
