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

    /// <param name="errors">The mean error of each slot over the training rows, <c>[D]</c>.</param>
    /// <param name="means">The mean of each slot over them.</param>
    /// <param name="deviations">Its standard deviation.</param>
    /// <returns><c>[D]</c>.</returns>
    public static float[] From(double[] errors, double[] means, double[] deviations)
    {
        double[] variances = [.. deviations.Zip(means, (deviation, mean) =>
            deviation > Math.Abs(mean) * Rounding ? deviation * deviation : 0)];
        double usual = variances.Average();
        // Rows that are all the same have no scale but 1.
        usual = usual == 0 ? 1 : usual;
        return [.. errors.Zip(variances, (error, variance) =>
            (float)(1 / (errors.Length * Math.Max(error, Floor * (variance == 0 ? usual : variance)))))];
    }

    /// <summary>The part of a slot in the score.</summary>
    public readonly struct Weighting : IBinaryFunction
    {
        public T Of<T>(T error, T weight) where T : IElementwise<T> => error * weight;
    }
}
