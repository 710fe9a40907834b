using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
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

    /// <summary>A dashed line across the picture, with its label above it, at the right unless it is asked for at the
    /// left.</summary>
    public static LineAnnotation Level(ChartLevel level, Palette palette, bool isLeft = false) => new()
    {
        Type = LineAnnotationType.Horizontal,
        Y = level.Height,
        Text = level.Label,
        TextLinePosition = isLeft ? 0 : 1,
        TextHorizontalAlignment = isLeft ? HorizontalAlignment.Left : HorizontalAlignment.Right,
        TextColor = palette.Text.ToOxyColor(),
        TextVerticalAlignment = VerticalAlignment.Bottom,
        Color = palette.Text.ToOxyColor(),
        LineStyle = LineStyle.Dash,
        StrokeThickness = 1.5,
        Layer = AnnotationLayer.BelowSeries,
    };

    public static byte[] ToPng(PlotModel model, int width, int height, int scale, PlotTheme theme) =>
        ToPng([(model, height)], width, scale, theme);

    /// <summary>Models one below the other, with the left and the right ends of their axes aligned.</summary>
    public static byte[] ToPng(IReadOnlyList<(PlotModel Model, int Height)> stack, int width, int scale,
        PlotTheme theme)
    {
        long height = stack.Sum(part => (long)part.Height);
        if (Math.Max(width, height) * scale > Picture.LongestSide)
        {
            throw new InvalidOperationException(
                $"The picture would be {(long)width * scale} x {height * scale} pixels; the longest side may " +
                $"have {Picture.LongestSide}. " +
                $"Lower Scale (it is {scale}) or the size.");
        }
        using var lettering = new Lettering();
        foreach ((PlotModel model, int ownHeight) in stack)
        {
            ((IPlotModel)model).Update(updateData: true);

            // OxyPlot makes room for the numbers at the axes and then makes the axes equal, with other numbers. Those
            // get their room when it draws again. What room each model takes is known once it is drawn, too.
            if (model.PlotType == PlotType.Cartesian || stack.Count > 1)
            {
                using var nowhere = new SKNoDrawCanvas(width, ownHeight);
                Draw(nowhere, model, width, ownHeight, lettering);
            }
        }
        if (stack.Count > 1)
            Align([.. stack.Select(part => part.Model)]);
        return Picture.ToPng(width * scale, (int)height * scale, Palette.Of(theme).Paper, canvas =>
        {
            canvas.Scale(scale);
            foreach ((PlotModel model, int ownHeight) in stack)
            {
                Draw(canvas, model, width, ownHeight, lettering);
                canvas.Translate(0, ownHeight);
            }
        });
    }

    /// <summary>Gives all the margins of the one that needs most, above and below those that each needs.</summary>
    private static void Align(PlotModel[] models)
    {
        double left = models.Max(model => model.ActualPlotMargins.Left);
        double right = models.Max(model => model.ActualPlotMargins.Right);
        foreach (PlotModel model in models)
            model.PlotMargins = new OxyThickness(left, double.NaN, right, double.NaN);
    }

    private static void Draw(SKCanvas canvas, PlotModel model, int width, int height, Lettering lettering)
    {
        using var renderer = new ChartRenderer(canvas, lettering);
        ((IPlotModel)model).Render(renderer, new OxyRect(0, 0, width, height));
        if (model.GetLastPlotException() is { } exception)
            throw new InvalidOperationException("The chart could not be drawn.", exception);
    }
}
