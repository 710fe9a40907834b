using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Numbers that are NaN.</summary>
internal static class MissingValues
{
    /// <summary>A sum, which is computed faster than numbers are looked at, is NaN where one of them is.</summary>
    public static bool AreIn(ReadOnlySpan<float> values)
    {
        if (!float.IsNaN(Elementwise.Sum(values)))
            return false;
        foreach (float value in values)
        {
            if (float.IsNaN(value))
                return true;
        }
        return false;
    }

    /// <summary>Infinite where a score is NaN, and its row holds no missing value.</summary>
    public static float OrEndless(float score, ReadOnlySpan<float> row) =>
        float.IsNaN(score) && !AreIn(row) ? float.PositiveInfinity : score;
}
