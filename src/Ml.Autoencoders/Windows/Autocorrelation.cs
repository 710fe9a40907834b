namespace Ml.Autoencoders.Windows;

/// <summary>How much a series resembles itself some steps later.</summary>
internal static class Autocorrelation
{
    /// <summary>The biased estimate for lags from 0 up: sum of (x(t) - m)(x(t + k) - m) over that of (x(t) - m)^2, with
    /// m the mean. In series that are interrupted, products over the gap are left out; of several series, each with its
    /// own mean, both sums run over all.</summary>
    /// <param name="series">Series, each in stretches without a gap. A value that is not finite counts as the
    /// mean.</param>
    /// <param name="lags">The highest lag; fewer are given where no stretch is long enough.</param>
    /// <returns>One number for each lag from 0; none where no value differs from its mean.</returns>
    public static double[] Of(IReadOnlyList<IReadOnlyList<IReadOnlyList<float>>> series, int lags)
    {
        double[][] centered = [.. series.SelectMany(Centered)];
        int longest = centered.Length == 0 ? 0 : centered.Max(stretch => stretch.Length);
        double[] products = new double[Math.Min(lags + 1, longest)];
        foreach (double[] stretch in centered)
        {
            for (int lag = 0; lag < Math.Min(products.Length, stretch.Length); lag++)
                products[lag] += Product(stretch, lag);
        }
        return products is [> 0 and var variance, ..] ? [.. products.Select(product => product / variance)] : [];
    }

    private static double[][] Centered(IReadOnlyList<IReadOnlyList<float>> stretches)
    {
        float[] finite = [.. stretches.SelectMany(stretch => stretch).Where(float.IsFinite)];
        double mean = finite.Length == 0 ? 0 : finite.Average(value => (double)value);
        return [.. stretches.Select(stretch =>
            stretch.Select(value => float.IsFinite(value) ? value - mean : 0).ToArray())];
    }

    private static double Product(double[] stretch, int lag)
    {
        double sum = 0;
        for (int i = lag; i < stretch.Length; i++)
            sum += stretch[i - lag] * stretch[i];
        return sum;
    }
}
