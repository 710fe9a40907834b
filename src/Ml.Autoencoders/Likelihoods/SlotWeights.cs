using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>What the errors of slots are multiplied by in a score that sees them in relation to those of the training
/// rows: 1 / (D v_d), with v_d the mean error of slot d over these.</summary>
internal static class SlotWeights
{
    /// <summary>The least mean error of a slot, as a share of the slot's variance: one that is always reconstructed
    /// without error would otherwise decide alone.</summary>
    private const double Floor = 1e-4;

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
    /// <returns><c>[D]</c>.</returns>
    public static float[] From(double[] errors, double[] means, double[] deviations, double[] counts)
    {
        // Of one row nothing more is known: its slots are taken to be constant.
        double enough = Math.Min(Enough, counts.Max());
        double[] variances = [.. deviations.Zip(means, (deviation, mean) =>
            deviation > Math.Abs(mean) * Rounding ? deviation * deviation : 0)];
        double usual = variances.Where((_, slot) => counts[slot] >= enough).Average();
        // Rows that are all the same have no scale but 1.
        usual = usual == 0 ? 1 : usual;
        double[] scales = [.. variances.Select(variance => variance == 0 ? usual : variance)];
        double[] floored = [.. errors.Zip(scales, (error, scale) => Math.Max(error, Floor * scale))];
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
