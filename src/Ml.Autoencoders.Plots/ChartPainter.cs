using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.SkiaSharp;
using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>What pictures with axes and a legend have in common.</summary>
internal static class ChartPainter
{
    /// <summary>
    /// The shortest side of such a picture, in pixels: in less, axes leave no room for anything else.
    /// </summary>
    public const int ShortestSide = 200;

    /// <summary>A chart with a title and an empty legend outside of its axes.</summary>
    public static PlotModel Model(string title, LegendPosition legend, Palette palette)
    {
        OxyColor text = palette.Text.ToOxyColor();
        var model = new PlotModel
        {
            Culture = CultureInfo.InvariantCulture,
            Title = title,
            TitleColor = palette.Title.ToOxyColor(),
            TitleFontSize = 18,
            TitleHorizontalAlignment = TitleHorizontalAlignment.CenteredWithinPlotArea,
            DefaultFontSize = 13,
            TextColor = text,
            Padding = new OxyThickness(16),
            PlotAreaBorderColor = text,
        };
        model.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = legend,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendFontSize = 14,
        });
        return model;
    }

    /// <summary>An axis with a title and a tick at each of its numbers.</summary>
    public static T Axis<T>(AxisPosition position, string title, Palette palette) where T : Axis, new() => new()
    {
        Position = position,
        Title = title,
        AxisTitleDistance = 10,
        MinorTickSize = 0,
        TicklineColor = palette.Text.ToOxyColor(),
        MajorGridlineColor = palette.Rule.ToOxyColor(),
        MinimumPadding = 0.05,
        MaximumPadding = 0.05,
    };

    public static byte[] ToPng(PlotModel model, int width, int height, int scale, PlotTheme theme)
    {
        if ((long)Math.Max(width, height) * scale > Picture.LongestSide)
        {
            throw new InvalidOperationException(
                $"The picture would be {(long)width * scale} x {(long)height * scale} pixels; the longest side may " +
                $"have {Picture.LongestSide}. " +
                $"Lower Scale (it is {scale}) or the size.");
        }
        using var lettering = new Lettering();
        ((IPlotModel)model).Update(updateData: true);

        // OxyPlot makes room for the numbers at the axes and then makes the axes equal, with other numbers. Those get
        // their room when it draws again.
        if (model.PlotType == PlotType.Cartesian)
        {
            using var nowhere = new SKNoDrawCanvas(width, height);
            Draw(nowhere, model, width, height, lettering);
        }
        return Picture.ToPng(width * scale, height * scale, Palette.Of(theme).Paper, canvas =>
        {
            canvas.Scale(scale);
            Draw(canvas, model, width, height, lettering);
        });
    }

    private static void Draw(SKCanvas canvas, PlotModel model, int width, int height, Lettering lettering)
    {
        using var renderer = new ChartRenderer(canvas, lettering);
        ((IPlotModel)model).Render(renderer, new OxyRect(0, 0, width, height));
        if (model.GetLastPlotException() is { } exception)
            throw new InvalidOperationException("The chart could not be drawn.", exception);
    }
}
