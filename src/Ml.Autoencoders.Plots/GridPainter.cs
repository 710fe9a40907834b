using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>Draws an <see cref="ImageGrid"/>.</summary>
internal static class GridPainter
{
    public static void Draw(SKCanvas canvas, ImageGrid grid, GridLayout layout, Lettering lettering)
    {
        var palette = Palette.Of(grid.Theme);
        lettering.Draw(canvas, grid.Title, GridLayout.Margin, GridLayout.Margin, GridLayout.TitleSize, palette.Title);
        for (int column = 0; column < grid.Captions.Count; column++)
        {
            string caption = grid.Captions[column];
            float left = layout.Image(0, column).MidX - lettering.Width(caption, layout.CaptionSize) / 2;
            lettering.Draw(canvas, caption, left, layout.CaptionTop, layout.CaptionSize, palette.Text);
        }
        for (int row = 0; row < grid.Rows.Count; row++)
            DrawRow(canvas, grid, row, layout, lettering, palette);
    }

    private static void DrawRow(SKCanvas canvas, ImageGrid grid, int row, GridLayout layout, Lettering lettering,
        Palette palette)
    {
        string label = grid.Rows[row].Label;
        float left = layout.LabelRight - lettering.Width(label, GridLayout.LabelSize);
        float top = layout.Image(row, 0).MidY - lettering.Height(GridLayout.LabelSize) / 2;
        lettering.Draw(canvas, label, left, top, GridLayout.LabelSize, palette.Text);

        using var bitmap = new SKBitmap(grid.Width, grid.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var sharp = new SKSamplingOptions(SKFilterMode.Nearest);
        for (int column = 0; column < grid.Rows[row].Images.Length; column++)
        {
            bitmap.Pixels = grid.Rows[row].Images[column];
            using SKImage image = SKImage.FromBitmap(bitmap);
            canvas.DrawImage(image, layout.Image(row, column), sharp);
        }
    }
}
