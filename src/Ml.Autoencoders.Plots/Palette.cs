using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>The colours of all pictures.</summary>
internal static class Palette
{
    public static SKColor Paper { get; } = SKColors.White;

    public static SKColor Title { get; } = new(0x22, 0x22, 0x22);

    public static SKColor Text { get; } = new(0x55, 0x55, 0x55);

    public static SKColor Rule { get; } = new(0xE4, 0xE4, 0xE4);

    /// <summary>Where a pixel has no value: a colour that no grey image and hardly a photograph holds.</summary>
    public static SKColor Missing { get; } = new(0xFF, 0x00, 0xFF);

    /// <summary>
    /// Okabe and Ito (2008), "Color Universal Design": colours that colour-blind readers tell apart. Their yellow is left
    /// out, being too faint for a line on white; the rest are in the order of their contrast with it and each other.
    /// </summary>
    public static IReadOnlyList<SKColor> Series { get; } =
    [
        new(0x00, 0x72, 0xB2), // blue
        new(0xD5, 0x5E, 0x00), // vermilion
        new(0x00, 0x9E, 0x73), // bluish green
        new(0xCC, 0x79, 0xA7), // reddish purple
        new(0xE6, 0x9F, 0x00), // orange
        new(0x56, 0xB4, 0xE9), // sky blue
        new(0x00, 0x00, 0x00), // black
    ];

    /// <summary>
    /// The colours of <see cref="Series"/> and three more, for the ten digits. With any kind of colour vision the three
    /// are as far from the seven, and from each other, as the closest two of the seven are.
    /// </summary>
    public static IReadOnlyList<SKColor> Classes { get; } =
    [
        .. Series,
        new(0x55, 0x00, 0xBB), // violet
        new(0x99, 0x00, 0x55), // wine
        new(0x66, 0x4D, 0x00), // brown
    ];
}
