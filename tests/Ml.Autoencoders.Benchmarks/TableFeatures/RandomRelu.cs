using System.Numerics.Tensors;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>
/// Random directions, cut off at 0: what any network has before it learned anything, and the least that a trained one
/// has to beat.
/// </summary>
internal sealed class RandomRelu
{
    /// <summary>The standard deviation of what is added to each direction, that of the directions being 1.</summary>
    private const double Offset = 0.5;

    private readonly float[][] _weights;
    private readonly float[] _offsets;

    public RandomRelu(int columns, int width, int seed)
    {
        var random = new Random(seed);
        _weights = [.. Enumerable.Range(0, width).Select(_ => Normal(random, columns, 1 / Math.Sqrt(columns)))];
        _offsets = Normal(random, width, Offset);
    }

    public float[] Of(float[] row) =>
    [
        .. _weights.Zip(_offsets, (weights, offset) =>
            Math.Max(0, TensorPrimitives.Dot<float>(weights, row) + offset)),
    ];

    private static float[] Normal(Random random, int count, double deviation) =>
    [
        .. Enumerable.Range(0, count).Select(_ => (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
            * Math.Cos(2 * Math.PI * random.NextDouble()))),
    ];
}
