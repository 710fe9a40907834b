using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>A grid of codes of two numbers, for integrals over the plane.</summary>
/// <param name="half">From minus this to this in both directions.</param>
/// <param name="step">Apart.</param>
internal sealed class Plane(double half, double step)
{
    /// <summary><c>[N, 2]</c>, the middles of squares.</summary>
    public Tensor Codes { get; } = Of(half, step);

    /// <summary>The area that each stands for.</summary>
    public double Area => step * step;

    private static Tensor Of(double half, double step)
    {
        int side = (int)Math.Round(2 * half / step);
        float[] numbers = [.. from i in Enumerable.Range(0, side) from j in Enumerable.Range(0, side)
                              from number in new[] { -half + (i + 0.5) * step, -half + (j + 0.5) * step }
                              select (float)number];
        return tensor(numbers, [side * side, 2]);
    }
}
