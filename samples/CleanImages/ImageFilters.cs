using TorchSharp;
using static TorchSharp.torch;

namespace CleanImages;

/// <summary>
/// What is done to gray pictures without any learning: two filters against noise, two ways to enlarge.
/// </summary>
/// <remarks>Pictures are rows of height x width gray values from 0 to 1.</remarks>
internal static class ImageFilters
{
    private const int BatchSize = 250;

    /// <summary>Each pixel becomes the median of the square around it.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="height">Of a picture.</param>
    /// <param name="width">Of a picture.</param>
    /// <param name="size">Height and width of the square, an odd number.</param>
    public static float[][] Median(IReadOnlyList<float[]> pictures, int height, int width, int size) =>
        Map(pictures, height, width, images => Padded(images, size / 2)     // [B, 1, H + s - 1, W + s - 1]
            .unfold(2, size, 1).unfold(3, size, 1).flatten(4)               // [B, 1, H, W, s²]
            .kthvalue(size * size / 2 + 1, -1).values);                     // [B, 1, H, W]

    /// <summary>
    /// Each pixel becomes the mean of those around it, weighted by a bell that ends at three standard deviations.
    /// </summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="height">Of a picture.</param>
    /// <param name="width">Of a picture.</param>
    /// <param name="sigma">The standard deviation of the bell, in pixels.</param>
    public static float[][] Gaussian(IReadOnlyList<float[]> pictures, int height, int width, double sigma)
    {
        int radius = (int)Math.Ceiling(3 * sigma);
        double[] bell = [.. Enumerable.Range(-radius, 2 * radius + 1)
            .Select(x => Math.Exp(-x * x / (2 * sigma * sigma)))];
        float[] weights = [.. bell.Select(weight => (float)(weight / bell.Sum()))];
        return Map(pictures, height, width, images =>
        {
            Tensor across = tensor(weights, [1, 1, 1, weights.Length], device: CPU);
            Tensor down = tensor(weights, [1, 1, weights.Length, 1], device: CPU);
            return nn.functional.conv2d(nn.functional.conv2d(Padded(images, radius), across), down);
        });
    }

    /// <summary>Stretches levels, which clipped noise has drawn together: it lifts black, and lowers white, by
    /// <paramref name="lift"/> on average.</summary>
    public static float[][] RestoreLevels(IReadOnlyList<float[]> pictures, float lift) =>
        [.. pictures.Select(picture => Array.ConvertAll(picture,
            pixel => Math.Clamp((pixel - lift) / (1 - 2 * lift), 0, 1)))];

    /// <summary>Each pixel becomes a square of its value.</summary>
    public static float[][] EnlargeNearest(IReadOnlyList<float[]> pictures, int height, int width, int factor) =>
        Map(pictures, height, width,
            images =>
            nn.functional.interpolate(images, [factor * height, factor * width], mode: InterpolationMode.Nearest));

    /// <summary>Cubic convolution along rows and columns, held between 0 and 1, which it overshoots at edges.</summary>
    public static float[][] EnlargeBicubic(IReadOnlyList<float[]> pictures, int height, int width, int factor) =>
    [
        .. Map(pictures, height, width,
            images =>
            nn.functional.interpolate(images, [factor * height, factor * width], mode: InterpolationMode.Bicubic,
                align_corners: false))
            .Select(picture => Array.ConvertAll(picture, pixel => Math.Clamp(pixel, 0, 1))),
    ];

    /// <summary>
    /// Each square of <paramref name="factor"/> x <paramref name="factor"/> pixels becomes one, their mean.
    /// </summary>
    public static float[][] Shrink(IReadOnlyList<float[]> pictures, int height, int width, int factor) =>
        Map(pictures, height, width, images => nn.functional.avg_pool2d(images, factor, factor));

    /// <summary>Does something to all pictures, a batch <c>[B, 1, H, W]</c> at a time.</summary>
    private static float[][] Map(IReadOnlyList<float[]> pictures, int height, int width, Func<Tensor, Tensor> filter) =>
    [
        .. pictures.Chunk(BatchSize).SelectMany(batch =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor images = tensor([.. batch.SelectMany(picture => picture)],
                [batch.Length, 1, height, width], device: CPU);
            Tensor filtered = filter(images).contiguous();
            return filtered.data<float>().ToArray().Chunk((int)(filtered.shape[2] * filtered.shape[3])).ToArray();
        }),
    ];

    /// <summary>The pictures with their mirror images around them.</summary>
    private static Tensor Padded(Tensor images, int by) =>
        nn.functional.pad(images, [by, by, by, by], PaddingModes.Reflect);
}
