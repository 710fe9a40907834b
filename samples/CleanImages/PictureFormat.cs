using System.Globalization;
using Microsoft.ML.Data;

namespace CleanImages;

/// <summary>What all pictures are brought to.</summary>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="IsColor">Three numbers a pixel, red, green and blue; otherwise one.</param>
/// <param name="IsInterleaved">Whether the numbers of a pixel stand together; otherwise one channel stands
/// after the other.</param>
internal sealed record PictureFormat(int Width, int Height, bool IsColor = false, bool IsInterleaved = false)
{
    private const int LongestSide = 64;

    /// <summary>
    /// The size and the colors of a picture; a large one is made smaller, so that training ends on the same day.
    /// </summary>
    public static PictureFormat Of(string path)
    {
        using MLImage image = PictureFiles.Open(path);
        double scale = Math.Min(1, (double)LongestSide / Math.Max(image.Width, image.Height));
        return new PictureFormat(Scaled(image.Width, scale), Scaled(image.Height, scale), HasColors(image.Pixels));
    }

    /// <summary>Reads <c>64x48</c>, width first; null for what is no such size.</summary>
    public static (int Width, int Height)? ParseSize(string text) =>
        text.Split('x') is [var width, var height] && ParseSide(width) is { } columns && ParseSide(height) is { } rows
            ? (columns, rows) : null;

    private static int? ParseSide(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side > 0 ? side : null;

    private static int Scaled(int side, double scale) => Math.Max(1, (int)Math.Round(side * scale));

    /// <summary>Four bytes a pixel, of which the first three are its colors.</summary>
    private static bool HasColors(ReadOnlySpan<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i += 4)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
                return true;
        }
        return false;
    }
}
