using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>A picture read back from its PNG.</summary>
internal sealed class Drawn : IDisposable
{
    private readonly SKBitmap _bitmap;

    public Drawn(byte[] png) => _bitmap = SKBitmap.Decode(png);

    public int Width => _bitmap.Width;

    public int Height => _bitmap.Height;

    public SKRectI Whole => _bitmap.Info.Rect;

    public SKColor At(int x, int y) => _bitmap.GetPixel(x, y);

    /// <summary>The pixels of an area that have a color, row by row.</summary>
    public IEnumerable<SKPointI> Where(SKColor color, SKRectI area) =>
        Points(area).Where(point => At(point.X, point.Y) == color);

    /// <summary>The pixels of an area that are not white, row by row.</summary>
    public IEnumerable<SKPointI> Ink(SKRectI area) =>
        Points(area).Where(point => At(point.X, point.Y) != SKColors.White);

    /// <summary>The smallest box around the pixels of a color.</summary>
    public SKRectI Box(SKColor color) => Around([.. Where(color, Whole)]);

    public static SKRectI Around(SKPointI[] points) => new(
        points.Min(point => point.X), points.Min(point => point.Y), points.Max(point => point.X) + 1,
        points.Max(point => point.Y) + 1);

    public void Dispose() => _bitmap.Dispose();

    private static IEnumerable<SKPointI> Points(SKRectI area) =>
        from y in Enumerable.Range(area.Top, area.Height)
        from x in Enumerable.Range(area.Left, area.Width)
        select new SKPointI(x, y);
}
