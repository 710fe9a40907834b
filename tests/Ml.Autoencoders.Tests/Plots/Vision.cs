using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>How far apart colors look, to whom.</summary>
internal static class Vision
{
    /// <summary>
    /// Machado, Oliveira and Fernandes (2009): what readers without one kind of cone see, in linear RGB.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, double[]> Kinds =
        new Dictionary<string, double[]>(StringComparer.Ordinal)
        {
            ["full"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
            ["no red"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
            ["no green"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
            ["no blue"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
        };

    /// <summary>The distance of the closest two.</summary>
    public static double Closest(SKColor[] colors, string vision) =>
        colors.SelectMany((first, i) => colors.Skip(i + 1).Select(second => Distance(first, second, vision))).Min();

    public static double Distance(SKColor first, SKColor second, string vision) =>
        Math.Sqrt(Perceived(first, Kinds[vision])
            .Zip(Perceived(second, Kinds[vision]), (a, b) => (a - b) * (a - b)).Sum());

    /// <summary>The contrast ratio of the Web Content Accessibility Guidelines, from 1 to 21.</summary>
    public static double Contrast(SKColor one, SKColor other)
    {
        double first = Luminance(one) + 0.05;
        double second = Luminance(other) + 0.05;
        return Math.Max(first, second) / Math.Min(first, second);
    }

    private static double Luminance(SKColor color) =>
        0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);

    /// <summary>In OKLab, where equal distances look about equal.</summary>
    private static double[] Perceived(SKColor color, double[] seen)
    {
        double[] cones = Times(
            [0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619,
                0.2817188376, 0.6299787005],
            [.. Times(seen, [Linear(color.Red), Linear(color.Green), Linear(color.Blue)])
                .Select(value => Math.Clamp(value, 0, 1))]);
        return Times(
            [0.2104542553, 0.7936177850, -0.0040720468, 1.9779984951, -2.4285922050, 0.4505937099, 0.0259040371,
                0.7827717662, -0.8086757660],
            [.. cones.Select(Math.Cbrt)]);
    }

    private static double[] Times(double[] matrix, double[] vector) =>
        [.. Enumerable.Range(0, 3)
            .Select(row => Enumerable.Range(0, 3).Sum(column => matrix[3 * row + column] * vector[column]))];

    private static double Linear(byte value) =>
        value / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
}
