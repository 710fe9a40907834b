using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace Ml.Autoencoders.Plots;

/// <summary>Measures and draws lines of text in the font that the assembly carries.</summary>
/// <remarks>
/// Not in a font of the machine: containers often have none, and SkiaSharp then silently draws nothing. The same
/// font everywhere also gives the same picture everywhere.
/// </remarks>
internal sealed class Lettering : IDisposable
{
    private readonly SKTypeface _typeface;
    private readonly SKShaper _shaper;
    private readonly SKFont _font;
    private readonly SKPaint _paint;

    public Lettering()
    {
        using Stream font = typeof(Lettering).Assembly.GetManifestResourceStream("Inter-Regular.otf")!;
        _typeface = SKTypeface.FromStream(font);
        _shaper = new SKShaper(_typeface);
        _font = new SKFont(_typeface) { Edging = SKFontEdging.Antialias, Subpixel = true };
        _paint = new SKPaint { IsAntialias = true };
    }

    /// <summary>The width of a line of text, in pixels.</summary>
    public float Width(string text, float size)
    {
        _font.Size = size;
        return _shaper.Shape(OneLine(text), _font).Width;
    }

    /// <summary>From the top of the tallest letter to the foot of the deepest, in pixels.</summary>
    public float Height(float size)
    {
        _font.Size = size;
        return _font.Metrics.Descent - _font.Metrics.Ascent;
    }

    /// <summary>
    /// Draws a line of text whose box has its top left corner at <paramref name="x"/>, <paramref name="y"/>.
    /// </summary>
    public void Draw(SKCanvas canvas, string text, float x, float y, float size, SKColor color)
    {
        _font.Size = size;
        _paint.Color = color;
        canvas.DrawShapedText(_shaper, OneLine(text), x, y - _font.Metrics.Ascent, SKTextAlign.Left, _font, _paint);
    }

    public void Dispose()
    {
        _paint.Dispose();
        _font.Dispose();
        _shaper.Dispose();
        _typeface.Dispose();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
