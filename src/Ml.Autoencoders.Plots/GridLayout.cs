using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>The layout of the picture of an <see cref="ImageGrid"/>. All lengths are in pixels.</summary>
internal sealed class GridLayout
{
    public const int Margin = 16;
    public const float TitleSize = 18;
    public const float LabelSize = 14;

    /// <summary>Between a label or a caption and the images.</summary>
    public const int TextGap = 10;

    private readonly int _left;
    private readonly int _top;
    private readonly int _imageWidth;
    private readonly int _imageHeight;
    private readonly int _gap;

    public GridLayout(ImageGrid grid, Lettering lettering)
    {
        _gap = grid.Gap;
        _imageWidth = grid.Width * grid.Scale;
        _imageHeight = grid.Height * grid.Scale;

        float label = grid.Rows.Max(row => lettering.Width(row.Label, LabelSize));
        _left = Margin + (label > 0 ? (int)MathF.Ceiling(label) + TextGap : 0);

        CaptionSize = FittingSize(grid.Captions, _imageWidth + _gap, lettering);
        CaptionTop = Margin + (grid.Title.Length > 0 ? (int)MathF.Ceiling(lettering.Height(TitleSize)) + TextGap : 0);
        _top = CaptionTop + (grid.Captions.Count > 0
            ? (int)MathF.Ceiling(lettering.Height(CaptionSize)) + TextGap / 2 : 0);

        int columns = grid.Rows[0].Images.Length;
        long images = columns * (long)(_imageWidth + _gap) - _gap;
        long title = (long)MathF.Ceiling(lettering.Width(grid.Title, TitleSize));
        long width = Math.Max(_left + images, Margin + title) + Margin;
        long height = _top + grid.Rows.Count * (long)(_imageHeight + _gap) - _gap + Margin;
        if (Math.Max(width, height) > Picture.LongestSide)
        {
            throw new InvalidOperationException(
                $"The picture would be {width} x {height} pixels; the longest side may have {Picture.LongestSide}. " +
                $"Lower ImageGrid.Scale (it is {grid.Scale}) or draw fewer images.");
        }
        PictureWidth = (int)width;
        PictureHeight = (int)height;
    }

    public int PictureWidth { get; }

    public int PictureHeight { get; }

    /// <summary>The right edge of the labels.</summary>
    public int LabelRight => _left - TextGap;

    public int CaptionTop { get; }

    public float CaptionSize { get; }

    public SKRectI Image(int row, int column) => SKRectI.Create(
        _left + column * (_imageWidth + _gap), _top + row * (_imageHeight + _gap), _imageWidth, _imageHeight);

    /// <summary>The size of letters at which no caption runs into the next one.</summary>
    private static float FittingSize(IReadOnlyList<string> captions, int room, Lettering lettering)
    {
        const float Largest = 13;
        float widest = captions.Select(caption => lettering.Width(caption, Largest)).DefaultIfEmpty().Max();
        return widest <= room ? Largest : Largest * room / widest;
    }
}
