using System.Numerics;
using System.Numerics.Tensors;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>
/// The saliency map of a series (Ren et al. 2019, "Time-Series Anomaly Detection Service at Microsoft", sec. 3.1): what
/// is left of its spectrum once the mean logarithm of the neighboring amplitudes is taken off, transformed back. It is
/// what ML.NET's <c>DetectAnomalyBySrCnn</c> computes.
/// </summary>
internal static class SpectralResidual
{
    /// <summary>Amplitudes that a mean is taken of.</summary>
    private const int Neighbors = 100;

    /// <summary>A score for each row.</summary>
    /// <remarks>Details are those of TSB-AD's code, so that its figures can be compared: the series is scaled to 0..1,
    /// the amplitude of frequency 0 stays out of the means, and the first and the last value of the scaled series stand
    /// for the logarithms that are missing at the two ends. With those at the ends repeated instead, scores find
    /// less.</remarks>
    public static float[] Of(double[] values)
    {
        (double least, double most) = (values.Min(), values.Max());
        double[] scaled = [.. values.Select(value => (value - least) / (most - least))];
        Complex[] spectrum = Transformed([.. scaled.Select(value => new Complex(value, 0))], -1);
        double[] amplitudes = [.. spectrum.Select(value => Math.Log(value.Magnitude))];
        double[] means = Means(amplitudes, scaled[0], scaled[^1]);
        Complex[] residual = [.. spectrum.Select((value, k) =>
            Complex.FromPolarCoordinates(Math.Exp(amplitudes[k] - means[k]), value.Phase))];
        return [.. Transformed(residual, 1).Select(value => (float)(value.Magnitude / values.Length))];
    }

    /// <summary>Of one half of the spectrum; the other half is its mirror.</summary>
    private static double[] Means(double[] amplitudes, double before, double after)
    {
        int half = amplitudes.Length / 2;
        int left = (Neighbors - 1) / 2;
        double[] padded =
        [
            .. Enumerable.Repeat(before, left),
            .. amplitudes[1..(half + 1)],
            .. Enumerable.Repeat(after, Neighbors - 1 - left),
        ];
        var means = new double[amplitudes.Length];
        means[0] = amplitudes[0];
        for (int k = 1; k <= half; k++)
        {
            means[k] = TensorPrimitives.Sum<double>(padded.AsSpan(k - 1, Neighbors)) / Neighbors;
            means[^k] = means[k];
        }
        return means;
    }

    /// <summary>The discrete Fourier transform by its definition, as lengths are any: each term is a root of one from
    /// a table.</summary>
    private static Complex[] Transformed(Complex[] values, int sign)
    {
        int count = values.Length;
        Complex[] roots = [.. Enumerable.Range(0, count).Select(i =>
            Complex.FromPolarCoordinates(1, sign * 2 * Math.PI * i / count))];
        var transformed = new Complex[count];
        Parallel.For(0, count, k =>
        {
            Complex sum = Complex.Zero;
            int root = 0;
            for (int i = 0; i < count; i++)
            {
                sum += values[i] * roots[root];
                root += k;
                root -= root >= count ? count : 0;
            }
            transformed[k] = sum;
        });
        return transformed;
    }
}
