using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Generation;

/// <summary>
/// The points of a latent grid: farther apart where the standard normal distribution is thinner, so that each stands
/// for as many codes as any other (Kingma and Welling 2014, "Auto-Encoding Variational Bayes", appendix A).
/// </summary>
internal static class NormalQuantiles
{
    /// <summary>
    /// The inverse of the normal distribution function at (i + 1/2) / n, ascending and symmetric about 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no points.</exception>
    public static float[] Of(int n)
    {
        Require.AtLeast(n, 1, "NormalQuantiles", nameof(n));
        TorchLibrary.Load();
        using var scope = NewDisposeScope();
        // Φ⁻¹(p) = √2 erf⁻¹(2p - 1), and 2p - 1 = (2i + 1 - n) / n, whose sign alone differs
        // between i and its mirror image.
        Tensor arguments = tensor([.. Enumerable.Range(0, n).Select(i => (2.0 * i + 1 - n) / n)],
            dtype: ScalarType.Float64, device: CPU);
        return [.. arguments.erfinv().Times(Math.Sqrt(2)).to(ScalarType.Float32).data<float>()];
    }
}
