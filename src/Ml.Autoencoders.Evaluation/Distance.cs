using System.Numerics.Tensors;

namespace Ml.Autoencoders.Evaluation;

/// <summary>How far rows are from each other.</summary>
internal static class Distance
{
    /// <summary>Squares of less, and of more, are not numbers that a Single holds well.</summary>
    private const float Least = 1e-15f;
    private const float Most = 1e18f;

    /// <summary>Euclidean, whatever size the numbers have.</summary>
    public static float Between(float[] one, float[] other)
    {
        float distance = TensorPrimitives.Distance(one, other);
        return distance is > Least and < Most ? distance : (float)Math.Sqrt(Squares.OfDifferences(one, other));
    }
}
