using Microsoft.ML;
using Microsoft.ML.Data;

namespace Heartbeats;

/// <summary>The windows without those that a detector finds most unusual.</summary>
internal static class UsualWindows
{
    /// <summary>How many remain of a number of windows, without a share of them.</summary>
    public static int Count(int windows, float unusualShare) =>
        Math.Max(1, (int)(windows - unusualShare * windows));

    /// <summary>The rows whose score is among the lowest. More remain where scores are equal: of windows that are all
    /// alike, none is unusual.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="scored">With a row for each window; rows in which no window ends have no finite score.</param>
    /// <param name="score">The column of scores.</param>
    /// <param name="unusualShare">The share of windows to leave out.</param>
    public static IDataView Of(MLContext ml, IDataView scored, string score, float unusualShare)
    {
        float[] scores = [.. scored.GetColumn<float>(score).Where(float.IsFinite).Order()];
        float highest = scores[Count(scores.Length, unusualShare) - 1];
        // The bound itself is left out.
        return ml.Data.FilterRowsByColumn(scored, score, upperBound: MathF.BitIncrement(highest));
    }
}
