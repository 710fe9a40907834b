using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Batch normalization by running statistics, which is no more than x scale + shift, slot by slot.</summary>
internal static class BatchNormFold
{
    /// <param name="find">The layer's numbers by name.</param>
    public static (float[] Scale, float[] Shift) Of(Func<string, float[]> find)
    {
        (float[] weight, float[] bias) = (find("weight"), find("bias"));
        (float[] mean, float[] variance) = (find("running_mean"), find("running_var"));
        var scale = new float[weight.Length];
        var shift = new float[weight.Length];
        for (int i = 0; i < weight.Length; i++)
        {
            double factor = weight[i] / Math.Sqrt(variance[i] + BatchNormLayer.Epsilon);
            scale[i] = (float)factor;
            shift[i] = (float)(bias[i] - mean[i] * factor);
        }
        return (scale, shift);
    }

    /// <summary>
    /// The linear layer with the normalization after it folded in.
    /// </summary>
    /// <param name="weight"><c>[out, in]</c>.</param>
    /// <param name="bias"><c>[out]</c>.</param>
    /// <param name="affine">The normalization, <c>[out]</c>.</param>
    public static (float[] Weight, float[] Bias) Into(float[] weight, float[] bias,
        (float[] Scale, float[] Shift) affine)
    {
        int inputs = weight.Length / bias.Length;
        var folded = new float[weight.Length];
        var shifted = new float[bias.Length];
        for (int i = 0; i < folded.Length; i++)
            folded[i] = weight[i] * affine.Scale[i / inputs];
        for (int i = 0; i < shifted.Length; i++)
            shifted[i] = bias[i] * affine.Scale[i] + affine.Shift[i];
        return (folded, shifted);
    }
}
