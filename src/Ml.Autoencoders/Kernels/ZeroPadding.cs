using static TorchSharp.torch;

namespace Ml.Autoencoders.Kernels;

/// <summary>Zeros at the end of a dimension.</summary>
internal static class ZeroPadding
{
    /// <summary>So many of them; where there are none, nothing is copied.</summary>
    public static Tensor After(Tensor tensor, int dimension, long count)
    {
        if (count == 0)
            return tensor;
        long[] shape = tensor.shape;
        shape[dimension] = count;
        return cat([tensor, zeros(shape, dtype: tensor.dtype, device: tensor.device)], dimension);
    }
}
