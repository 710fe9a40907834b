using Ml.Autoencoders.Persistence;
using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>From drawing to PNG, and to a file.</summary>
internal static class Picture
{
    /// <summary>The longest side of a picture, in pixels: few viewers show more.</summary>
    public const int LongestSide = 16_384;

    public static byte[] ToPng(int width, int height, SKColor paper, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(paper);
            draw(canvas);
        }
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    public static void Save(string path, Func<byte[]> toPng)
    {
        Require.Path(path, nameof(Save), nameof(path));
        byte[] png = toPng();
        AtomicFile.Write(path, stream => stream.Write(png));
    }
}
