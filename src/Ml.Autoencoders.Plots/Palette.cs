using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>The colors of the pictures of a theme.</summary>
internal sealed class Palette
{
    private static readonly Palette Light = new()
    {
        Paper = SKColors.White,
        Title = new(0x22, 0x22, 0x22),
        Text = new(0x55, 0x55, 0x55),
        Rule = new(0xE4, 0xE4, 0xE4),

        // Okabe and Ito (2008), "Color Universal Design": colors that color-blind readers tell apart. Their
        // yellow is left out, being too faint for a line on white; the rest are in the order of their
        // contrast with it and each other.
        Series =
        [
            new(0x00, 0x72, 0xB2), // blue
            new(0xD5, 0x5E, 0x00), // vermilion
            new(0x00, 0x9E, 0x73), // bluish green
            new(0xCC, 0x79, 0xA7), // reddish purple
            new(0xE6, 0x9F, 0x00), // orange
            new(0x56, 0xB4, 0xE9), // sky blue
            new(0x00, 0x00, 0x00), // black
        ],
        More =
        [
            new(0x55, 0x00, 0xBB), // violet
            new(0x99, 0x00, 0x55), // wine
            new(0x66, 0x4D, 0x00), // brown
        ],
        Spans =
        [
            new(0xFD, 0xE5, 0xBC), // orange
            new(0xD3, 0xEC, 0xFA), // sky blue
            new(0xDE, 0xDE, 0xDE), // gray
        ],
    };

    private static readonly Palette Dark = new()
    {
        Paper = new(0x15, 0x18, 0x1D),
        Title = new(0xF0, 0xF0, 0xF0),
        Text = new(0xB4, 0xB8, 0xBE),
        Rule = new(0x2E, 0x33, 0x3B),

        // The hues of the light theme, so that words about a blue curve hold for both pictures. On this background each
        // has a contrast of 4.5 and more; with no kind of color vision are two of the ten as close as the closest light
        // ones.
        Series =
        [
            new(0x4E, 0x92, 0xFC), // blue
            new(0xFA, 0x3D, 0x09), // vermilion
            new(0x4B, 0xEC, 0xD2), // bluish green
            new(0xA9, 0x6E, 0x95), // reddish purple
            new(0xFB, 0xBD, 0x26), // orange
            new(0x0A, 0xBF, 0xF0), // sky blue
            new(0xFF, 0xFF, 0xFF), // white
        ],
        More =
        [
            new(0xC2, 0xF6, 0x95), // lime
            new(0xF4, 0x7F, 0xB9), // pink
            new(0x00, 0x95, 0x2E), // green
        ],
        Spans =
        [
            new(0x4D, 0x3A, 0x14), // orange
            new(0x12, 0x3C, 0x50), // sky blue
            new(0x48, 0x4C, 0x54), // gray
        ],
    };

    /// <summary>Where a pixel has no value: a color that no gray image and hardly a photograph holds.</summary>
    public static SKColor Missing { get; } = new(0xFF, 0x00, 0xFF);

    public required SKColor Paper { get; init; }

    public required SKColor Title { get; init; }

    public required SKColor Text { get; init; }

    public required SKColor Rule { get; init; }

    /// <summary>The colors of curves.</summary>
    public required IReadOnlyList<SKColor> Series { get; init; }

    /// <summary>
    /// The colors of <see cref="Series"/> and three more, for the ten digits. With any kind of color vision the three
    /// are as far from the seven, and from each other, as the closest two of the seven are.
    /// </summary>
    public IReadOnlyList<SKColor> Classes => field ??= [.. Series, .. More];

    /// <summary>The backgrounds of marked stretches, on which curves keep their contrast.</summary>
    public required IReadOnlyList<SKColor> Spans { get; init; }

    private IReadOnlyList<SKColor> More { get; init; } = [];

    public static Palette Of(PlotTheme theme) => theme == PlotTheme.Dark ? Dark : Light;
}
