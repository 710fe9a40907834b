using OxyPlot;
using OxyPlot.SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>What the points of a class look like.</summary>
internal readonly record struct ScatterMark(MarkerType Shape, OxyColor Color)
{
    // Those that differ most at a few pixels come first.
    private static readonly MarkerType[] Shapes =
        [MarkerType.Circle, MarkerType.Cross, MarkerType.Triangle, MarkerType.Plus, MarkerType.Square,
            MarkerType.Diamond];

    /// <summary>Classes differ by their color, and after as many as there are colors by their shape too.</summary>
    public static ScatterMark Of(int index, Palette palette)
    {
        (int round, int color) = Math.DivRem(index, palette.Classes.Count);
        return new ScatterMark(Shapes[round % Shapes.Length], palette.Classes[color].ToOxyColor());
    }

    /// <summary>How thick the lines are of a mark that consists of lines.</summary>
    public double LineWidth(double size) => Shape is MarkerType.Cross or MarkerType.Plus ? size / 4 : 0;
}
