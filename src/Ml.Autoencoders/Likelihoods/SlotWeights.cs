using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// What the errors of slots are multiplied by in a score that sees them in relation to those of the
/// training rows: 1 / (C v_c), with v_c the mean error of column c over these, and C columns. A column is a
/// slot, or the slots of a category.
/// </summary>
internal static class SlotWeights
{
    /// <summary>The least mean error of a column, as a share of that of always giving its mean: one that is always
    /// reconstructed without error would otherwise decide alone.</summary>
    private const double Floor = 1e-4;

    /// <summary>
    /// The same beside categories. Where values that do not go together share a code, numbers that have nothing to do
    /// with them come back a little worse, too.
    /// </summary>
    private const double FloorBesideCategories = 0.03;

    /// <summary>A slot with a smaller deviation than this share of its mean is constant except for rounding.</summary>
    private const double Rounding = 1e-6;

    /// <summary>What no mean error is taken to be below: so that weights are numbers that a Single holds.</summary>
    private const double Least = 1e-38;

    /// <summary>Values of a slot that its mean error is known from. One lies on its own mean, whatever the slot varies
    /// by.</summary>
    private const int Enough = 2;

    /// <summary>The weights of slots. One of which too few values are there, as where almost all rows miss it, is taken
    /// to vary as much as the others do on average, and to be reconstructed as well.</summary>
    /// <param name="errors">The mean error of each slot over the training rows, <c>[D]</c>.</param>
    /// <param name="means">The mean of each slot over them.</param>
    /// <param name="deviations">Its standard deviation.</param>
    /// <param name="counts">How many values of it are there.</param>
    /// <param name="likelihood">Which slots are categories; none where it is not given.</param>
    /// <returns><c>[D]</c>.</returns>
    public static float[] From(double[] errors, double[] means, double[] deviations, double[] counts,
        Likelihood? likelihood = null)
    {
        if (likelihood is not MixedLikelihood { Columns: var columns } mixed)
            return From(errors, VariancesOf(means, deviations), counts, Floor);
        double[] variances = VariancesOf(means, deviations);
        float[] weights = From(
            [.. columns.All.Select(slots => errors[slots.First..(int)slots.End].Sum())],
            [.. columns.All.Select(slots => columns.AreNumbers[slots.First] == 1 ? variances[slots.First]
                : mixed.ErrorOfShares(means.AsSpan(slots.First, slots.Count)))],
            [.. columns.All.Select(slots => counts[slots.First])], FloorBesideCategories);
        return [.. columns.All.Zip(weights).SelectMany(column => Enumerable.Repeat(column.Second, column.First.Count))];
    }

    /// <summary>The mean error of a number that is not to be below its floor.</summary>
    /// <param name="error">The mean error.</param>
    /// <param name="deviation">The standard deviation of the number.</param>
    public static double AtLeast(double error, double deviation) =>
        Math.Max(error, Floor * (deviation == 0 ? 1 : deviation * deviation));

    private static double[] VariancesOf(double[] means, double[] deviations) => [.. deviations.Zip(means,
        (deviation, mean) => deviation > Math.Abs(mean) * Rounding ? deviation * deviation : 0)];

    /// <param name="errors">The mean error of each column.</param>
    /// <param name="variances">That of always giving its mean.</param>
    /// <param name="counts">How many values of it are there.</param>
    /// <param name="floor">See <see cref="Floor"/>.</param>
    private static float[] From(double[] errors, double[] variances, double[] counts, double floor)
    {
        // Of one row nothing more is known: its slots are taken to be constant.
        double enough = Math.Min(Enough, counts.Max());
        double usual = variances.Where((_, slot) => counts[slot] >= enough).Average();
        // Rows that are all the same have no scale but 1.
        usual = usual == 0 ? 1 : usual;
        double[] scales = [.. variances.Select(variance => variance == 0 ? usual : variance)];
        double[] floored = [.. errors.Zip(scales, (error, scale) => Math.Max(error, floor * scale))];
        double share = floored.Zip(scales, (error, scale) => error / scale)
            .Where((_, slot) => counts[slot] >= enough).Average();
        return [.. floored.Select((error, slot) => (float)(1 / (errors.Length *
            Math.Max(counts[slot] >= enough ? error : share * usual, Least))))];
    }

    /// <summary>The part of a slot in the score.</summary>
    public readonly struct Weighting : IBinaryFunction
    {
        public T Of<T>(T error, T weight) where T : IElementwise<T> => error * weight;
    }
}
