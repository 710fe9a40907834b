namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>Whether there are numbers to measure with.</summary>
internal static class Finite
{
    public static bool Are(float[][] rows) => rows.All(row => Array.TrueForAll(row, float.IsFinite));
}
