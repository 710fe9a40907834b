using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>From the numbers of an image to its colors.</summary>
internal static class Pixels
{
    /// <param name="image">Planes of rows: <c>[C, H, W]</c> with C = 1 (gray) or 3 (red, green, blue).</param>
    /// <param name="channels">C.</param>
    /// <returns>Rows of colors, <c>[H, W]</c>.</returns>
    public static SKColor[] ToColors(float[] image, int channels)
    {
        int plane = image.Length / channels;
        var colors = new SKColor[plane];
        for (int i = 0; i < plane; i++)
        {
            float red = image[i];
            float green = channels == 1 ? red : image[plane + i];
            float blue = channels == 1 ? red : image[2 * plane + i];
            colors[i] = float.IsNaN(red) || float.IsNaN(green) || float.IsNaN(blue)
                ? Palette.Missing
                : new SKColor(ToByte(red), ToByte(green), ToByte(blue));
        }
        return colors;
    }

    private static byte ToByte(float value) => (byte)MathF.Round(255 * Math.Clamp(value, 0, 1));
}
