using System.Numerics.Tensors;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>Vectors of length 1 that are at right angles to each other.</summary>
internal static class Orthonormal
{
    /// <summary>By Gram and Schmidt, in place.</summary>
    public static double[][] Of(double[][] vectors)
    {
        for (int k = 0; k < vectors.Length; k++)
        {
            for (int before = 0; before < k; before++)
            {
                TensorPrimitives.MultiplyAdd<double>(vectors[before],
                    -TensorPrimitives.Dot<double>(vectors[before], vectors[k]), vectors[k], vectors[k]);
            }
            double length = TensorPrimitives.Norm<double>(vectors[k]);
            TensorPrimitives.Divide(vectors[k], Math.Max(length, 1e-12), vectors[k]);
        }
        return vectors;
    }
}
