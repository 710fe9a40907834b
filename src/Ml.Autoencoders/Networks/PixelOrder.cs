namespace Ml.Autoencoders;

/// <summary>The order of the numbers of a row that is a picture.</summary>
public enum PixelOrder
{
    /// <summary>Channel by channel: channels x height x width, as <c>ExtractPixels</c> makes them by default.</summary>
    Planar,

    /// <summary>Pixel by pixel: height x width x channels, as <c>ExtractPixels</c> makes them with
    /// <c>interleavePixelColors: true</c>.</summary>
    Interleaved,
}
