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

    /// <summary>A linear layer or a convolution with the normalization after it folded in.</summary>
    /// <param name="weight">Weights of which <paramref name="inner"/> in turn belong to one output, and the next to the
    /// next, again and again.</param>
    /// <param name="bias"><c>[out]</c>.</param>
    /// <param name="affine">The normalization, <c>[out / shared]</c>.</param>
    /// <param name="inner">Weights of an output that lie side by side.</param>
    /// <param name="shared">Outputs in turn that share a number of the normalization.</param>
    public static (float[] Weight, float[] Bias) Into(float[] weight, float[] bias,
        (float[] Scale, float[] Shift) affine, int inner, int shared)
    {
        var folded = new float[weight.Length];
        var shifted = new float[bias.Length];
        for (int i = 0; i < folded.Length; i++)
            folded[i] = weight[i] * affine.Scale[i / inner % bias.Length / shared];
        for (int i = 0; i < shifted.Length; i++)
            shifted[i] = bias[i] * affine.Scale[i / shared] + affine.Shift[i / shared];
        return (folded, shifted);
    }
}
