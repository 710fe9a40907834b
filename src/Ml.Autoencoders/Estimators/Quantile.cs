namespace Ml.Autoencoders.Estimators;

/// <summary>Quantiles of a sample.</summary>
internal static class Quantile
{
    /// <summary>
    /// The number that a share of the values lies below, interpolated linearly between the two nearest of them: with h
    /// = (n - 1) share, x_⌊h⌋ + (h - ⌊h⌋)(x_⌊h⌋₊₁ - x_⌊h⌋) of the values x (definition 7 of Hyndman and Fan
    /// 1996); the lower of the two where the upper is infinite.
    /// </summary>
    /// <param name="values">At least one, the lowest first.</param>
    /// <param name="share">Between 0 and 1.</param>
    public static double OfSorted(float[] values, double share)
    {
        double place = (values.Length - 1) * share;
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, values.Length - 1);
        return float.IsInfinity(values[above])
            ? values[below] : values[below] + (place - below) * ((double)values[above] - values[below]);
    }
}
