using System.Globalization;
using System.Numerics.Tensors;

namespace Ml.Autoencoders.Evaluation;

/// <summary>How near a picture is to another, from their numbers.</summary>
public static class ImageQuality
{
    /// <summary>The mean over all numbers of the squared difference.</summary>
    /// <param name="reference">The picture as it should be.</param>
    /// <param name="image">The picture to judge, of the same length.</param>
    /// <exception cref="ArgumentException">The pictures are empty, or differ in length.</exception>
    public static double MeanSquaredError(ReadOnlySpan<float> reference, ReadOnlySpan<float> image)
    {
        RequireSameLength(reference, image);
        return Squares.OfDifferences(reference, image) / reference.Length;
    }

    /// <summary>
    /// The peak signal-to-noise ratio in decibels, 10 log10(peak² / MSE). Equal pictures have an infinite one.
    /// </summary>
    /// <param name="reference">The picture as it should be.</param>
    /// <param name="image">The picture to judge, of the same length.</param>
    /// <param name="peak">What separates the brightest number from the darkest, above 0: 1 for
    /// pictures from 0 to 1.</param>
    /// <exception cref="ArgumentException">The pictures are empty or differ in length, or the peak is
    /// not above 0.</exception>
    public static double PeakSignalToNoiseRatio(ReadOnlySpan<float> reference, ReadOnlySpan<float> image,
        double peak = 1)
    {
        Require.Above(peak, 0, nameof(PeakSignalToNoiseRatio), nameof(peak));
        return 10 * Math.Log10(peak * peak / MeanSquaredError(reference, image));
    }

    /// <summary>
    /// The structural similarity, the mean over windows and channels of (2 μx μy + C1)(2 σxy + C2) / ((μx² + μy² +
    /// C1)(σx² + σy² + C2)): 1 for equal pictures, and lower the less brightness, contrast and structure agree (Wang et
    /// al. 2004, "Image Quality Assessment: From Error Visibility to Structural Similarity", eq. 13, with the window
    /// and the constants given there).
    /// </summary>
    /// <param name="reference">The picture as it should be, one plane of height x width numbers per channel.</param>
    /// <param name="image">The picture to judge, with the same layout.</param>
    /// <param name="height">Rows of pixels, at least 11: the windows lie wholly inside.</param>
    /// <param name="width">Columns of pixels, at least 11.</param>
    /// <param name="channels">Planes, at least 1.</param>
    /// <param name="peak">What separates the brightest number from the darkest, above 0: 1 for
    /// pictures from 0 to 1.</param>
    /// <exception cref="ArgumentException">The pictures are not channels x height x width numbers long, or a number is
    /// out of its range.</exception>
    public static double StructuralSimilarity(ReadOnlySpan<float> reference, ReadOnlySpan<float> image,
        int height, int width, int channels = 1, double peak = 1)
    {
        const string Where = nameof(StructuralSimilarity);
        Require.AtLeast(height, GaussianWindow.Size, Where, nameof(height));
        Require.AtLeast(width, GaussianWindow.Size, Where, nameof(width));
        Require.AtLeast(channels, 1, Where, nameof(channels));
        Require.Above(peak, 0, Where, nameof(peak));
        RequireSameLength(reference, image);
        if (reference.Length != (long)channels * height * width)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{Where}: the pictures have {reference.Length} numbers; {channels} x {height} x {width} are " +
                $"{(long)channels * height * width}."), nameof(reference));
        }
        int plane = height * width;
        double sum = 0;
        for (int channel = 0; channel < channels; channel++)
            sum += SimilarityOfPlanes(reference.Slice(channel * plane, plane),
                image.Slice(channel * plane, plane), width, peak);
        return sum / channels;
    }

    private static double SimilarityOfPlanes(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int width, double peak)
    {
        double c1 = 0.01 * peak * (0.01 * peak);
        double c2 = 0.03 * peak * (0.03 * peak);
        // Variances as means of squares less squares of means: of numbers that are far from 0 these would lose all
        // digits.
        double shift = TensorPrimitives.Sum<double>(Wide(x)) / x.Length;
        double[] nearX = Wide(x, shift);
        double[] nearY = Wide(y, shift);
        double[] meanX = GaussianWindow.Means(nearX, width);
        double[] meanY = GaussianWindow.Means(nearY, width);
        double[] meanXX = GaussianWindow.Means(Products(nearX, nearX), width);
        double[] meanYY = GaussianWindow.Means(Products(nearY, nearY), width);
        double[] meanXY = GaussianWindow.Means(Products(nearX, nearY), width);
        double sum = 0;
        for (int i = 0; i < meanX.Length; i++)
        {
            double brightnessX = meanX[i] + shift;
            double brightnessY = meanY[i] + shift;
            double covariance = meanXY[i] - meanX[i] * meanY[i];
            double variances = meanXX[i] - meanX[i] * meanX[i] + meanYY[i] - meanY[i] * meanY[i];
            sum += (2 * brightnessX * brightnessY + c1) * (2 * covariance + c2)
                / ((brightnessX * brightnessX + brightnessY * brightnessY + c1) * (variances + c2));
        }
        return sum / meanX.Length;
    }

    private static double[] Wide(ReadOnlySpan<float> values, double shift = 0)
    {
        var wide = new double[values.Length];
        TensorPrimitives.ConvertTruncating(values, wide);
        TensorPrimitives.Subtract(wide, shift, wide);
        return wide;
    }

    private static double[] Products(double[] left, double[] right)
    {
        var products = new double[left.Length];
        TensorPrimitives.Multiply(left, right, products);
        return products;
    }

    private static void RequireSameLength(ReadOnlySpan<float> reference, ReadOnlySpan<float> image)
    {
        if (reference.IsEmpty || reference.Length != image.Length)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The reference has {reference.Length} numbers and the image {image.Length}; they need the same " +
                $"length, at least 1."), nameof(image));
        }
    }
}
