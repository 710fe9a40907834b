using OxyPlot;
using OxyPlot.SkiaSharp;
using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>
/// OxyPlot's renderer, but with letters by <see cref="Lettering"/>: its own come from a font of the machine.
/// </summary>
internal sealed class ChartRenderer : SkiaRenderContext, IRenderContext
{
    private readonly Lettering _lettering;

    public ChartRenderer(SKCanvas canvas, Lettering lettering)
    {
        SkCanvas = canvas;
        RenderTarget = RenderTarget.PixelGraphic;
        _lettering = lettering;
    }

    void IRenderContext.DrawText(ScreenPoint p, string text, OxyColor fill, string? fontFamily, double fontSize,
        double fontWeight,
        double rotation, HorizontalAlignment horizontalAlignment, VerticalAlignment verticalAlignment, OxySize? maxSize)
    {
        if (string.IsNullOrEmpty(text))
            return;
        using var _ = new SKAutoCanvasRestore(SkCanvas);
        SkCanvas.Translate((float)p.X, (float)p.Y);
        SkCanvas.RotateDegrees((float)rotation);

        // OxyPlot numbers alignments from -1 (left, top) to 1 (right, bottom).
        OxySize size = Measure(text, fontSize);
        double x = -size.Width * ((int)horizontalAlignment + 1) / 2;
        double y = -size.Height * ((int)verticalAlignment + 1) / 2;
        _lettering.Draw(SkCanvas, text, (float)x, (float)y, (float)fontSize, fill.ToSKColor());
    }

    OxySize IRenderContext.MeasureText(string text, string? fontFamily, double fontSize, double fontWeight) =>
        string.IsNullOrEmpty(text) ? new OxySize(0, 0) : Measure(text, fontSize);

    private OxySize Measure(string text, double size) =>
        new(_lettering.Width(text, (float)size), _lettering.Height((float)size));
}
