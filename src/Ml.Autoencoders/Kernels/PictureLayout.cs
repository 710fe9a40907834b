namespace Ml.Autoencoders.Kernels;

/// <summary>Where the numbers of a row lie in memory: number <c>(channel, pixel)</c> at
/// <c>channel ChannelStride + pixel PixelStride</c>. As numbers are counted, a pixel follows a pixel and a channel a
/// channel: <c>[C, P]</c>. A vector is a picture of one pixel.</summary>
/// <param name="Channels">Channels, C.</param>
/// <param name="Pixels">Pixels of a channel, P.</param>
/// <param name="ChannelStride">From one channel to the next.</param>
/// <param name="PixelStride">From one pixel to the next.</param>
internal readonly record struct PictureLayout(int Channels, int Pixels, int ChannelStride, int PixelStride)
{
    /// <summary>Number after number as they are counted.</summary>
    public static PictureLayout Plain(int channels, int pixels) => new(channels, pixels, pixels, 1);

    /// <summary>The channels of a pixel side by side.</summary>
    public static PictureLayout Innermost(int channels, int pixels, int pixelStride) =>
        new(channels, pixels, 1, pixelStride);

    /// <summary>A vector.</summary>
    public static PictureLayout Vector(int size) => new(size, 1, 1, size);

    /// <summary>How many numbers there are.</summary>
    public int Count => checked(Channels * Pixels);

    /// <summary>How much memory they span.</summary>
    public long Reach => (Channels - 1L) * ChannelStride + (Pixels - 1L) * PixelStride + 1;

    /// <summary>The same numbers in the same places, counted channel by channel of each pixel.</summary>
    public PictureLayout Turned => new(Pixels, Channels, PixelStride, ChannelStride);

    /// <summary>Whether there is nothing between them.</summary>
    public bool IsCompact => Reach == Count;

    /// <summary>Whether they lie as they are counted.</summary>
    public bool IsPlain =>
        (Pixels == 1 || PixelStride == 1) && (Channels == 1 || ChannelStride == Pixels);

    /// <summary>Whether the channels of a pixel lie side by side.</summary>
    public bool IsInnermost => Channels == 1 || ChannelStride == 1;

    /// <summary>Where the number of an index lies.</summary>
    public int Place(int number) => number / Pixels * ChannelStride + number % Pixels * PixelStride;

    /// <summary>Not as records are printed, property by property: <see cref="Turned"/> is one like it.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Channels} x {Pixels}, {ChannelStride} and {PixelStride} apart");
}
