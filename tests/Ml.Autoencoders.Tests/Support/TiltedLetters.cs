using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>A small drawn letter.</summary>
internal sealed class TiltedLetter
{
    [VectorType(TiltedLetters.Side * TiltedLetters.Side)]
    public float[] Pixels { get; set; } = [];

    /// <summary>Which letter.</summary>
    public int Letter { get; set; }
}

/// <summary>The letters T, L and V as strokes, each picture turned, resized and shifted at random.</summary>
internal static class TiltedLetters
{
    public const int Side = 12;

    public const int Kinds = 3;

    private const double StrokeWidth = 0.2;

    /// <summary>Strokes as x1, y1, x2, y2; the picture goes from -1 to 1.</summary>
    private static readonly (double X1, double Y1, double X2, double Y2)[][] Strokes =
    [
        [(-0.6, -0.6, 0.6, -0.6), (0, -0.6, 0, 0.6)],
        [(-0.5, -0.6, -0.5, 0.6), (-0.5, 0.6, 0.5, 0.6)],
        [(-0.6, -0.6, 0, 0.6), (0, 0.6, 0.6, -0.6)],
    ];

    /// <summary>As many of each letter; the same seed gives the same pictures.</summary>
    public static TiltedLetter[] Make(int count, int seed)
    {
        var random = new Random(seed);
        double Around0(double most) => most * (2 * random.NextDouble() - 1);
        return [.. Enumerable.Range(0, count).Select(i => new TiltedLetter
        {
            Letter = i % Kinds,
            Pixels = Draw(Strokes[i % Kinds], angle: Around0(0.5), size: 1 + Around0(0.3), right: Around0(0.3),
                down: Around0(0.3)),
        })];
    }

    private static float[] Draw((double X1, double Y1, double X2, double Y2)[] strokes, double angle, double size,
        double right, double down)
    {
        (double sin, double cos) = Math.SinCos(angle);
        return [.. Enumerable.Range(0, Side * Side).Select(pixel =>
        {
            double x = (pixel % Side + 0.5) / Side * 2 - 1 - right;
            double y = (pixel / Side + 0.5) / Side * 2 - 1 - down;
            double nearest =
                strokes.Min(stroke => Distance((cos * x + sin * y) / size, (cos * y - sin * x) / size, stroke));
            return (float)Math.Clamp(1.5 - nearest / StrokeWidth, 0, 1);
        })];
    }

    private static double Distance(double x, double y, (double X1, double Y1, double X2, double Y2) stroke)
    {
        (double x1, double y1, double x2, double y2) = stroke;
        double along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
        along = Math.Clamp(along, 0, 1);
        return Math.Sqrt(Math.Pow(x - x1 - along * (x2 - x1), 2) + Math.Pow(y - y1 - along * (y2 - y1), 2));
    }
}
