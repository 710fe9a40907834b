using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace Ml.Autoencoders.Plots;

/// <summary>Measures and draws lines of text in the font that the assembly carries.</summary>
/// <remarks>
/// Not in a font of the machine: containers often have none, and SkiaSharp then draws nothing without a word. The same
/// font everywhere also gives the same picture everywhere.
/// </remarks>
internal sealed class Lettering : IDisposable
{
    private readonly SKTypeface _typeface;
    private readonly SKShaper _shaper;
    private readonly SKPaint _paint;

    public Lettering()
    {
        using Stream font = typeof(Lettering).Assembly.GetManifestResourceStream("Inter-Regular.otf")!;
        _typeface = SKTypeface.FromStream(font);
        _shaper = new SKShaper(_typeface);
        _paint = new SKPaint { Typeface = _typeface, IsAntialias = true, SubpixelText = true };
    }

    /// <summary>The width of a line of text, in pixels.</summary>
    public float Width(string text, float size)
    {
        _paint.TextSize = size;
        return _shaper.Shape(OneLine(text), _paint).Width;
    }

    /// <summary>From the top of the tallest letter to the foot of the deepest, in pixels.</summary>
    public float Height(float size)
    {
        _paint.TextSize = size;
        return _paint.FontMetrics.Descent - _paint.FontMetrics.Ascent;
    }

    /// <summary>Draws a line of text whose box has its top left corner at <paramref name="x"/>, <paramref name="y"/>.</summary>
    public void Draw(SKCanvas canvas, string text, float x, float y, float size, SKColor colour)
    {
        _paint.TextSize = size;
        _paint.Color = colour;
        canvas.DrawShapedText(_shaper, OneLine(text), x, y - _paint.FontMetrics.Ascent, _paint);
    }

    public void Dispose()
    {
        _paint.Dispose();
        _shaper.Dispose();
        _typeface.Dispose();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
