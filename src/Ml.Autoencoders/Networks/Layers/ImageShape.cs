using System.Globalization;

namespace Ml.Autoencoders.Networks;

/// <summary>How layers change the shape of an image.</summary>
internal static class ImageShape
{
    /// <summary>The image after a layer whose height and width follow from those before it.</summary>
    /// <exception cref="NetworkException">The input is not an image, or nothing of it is left.</exception>
    public static Shape Map(Layer layer, Shape input, int channels,
        Func<long, long> mapHeight, Func<long, long> mapWidth)
    {
        if (!input.IsImage)
            throw new NetworkException(
                $"{layer} takes an image (channels x height x width), and gets {input}: put Reshape(...) before it.");
        long height = mapHeight(input.Dimensions[1]);
        long width = mapWidth(input.Dimensions[2]);
        if (height <= 0 || width <= 0)
            throw new NetworkException($"{layer} leaves nothing of an image of {input}.");
        if (Math.Max(height, width) > Limits.Numbers)
            throw new NetworkException(string.Create(CultureInfo.InvariantCulture,
                $"{layer} turns an image of {input} into one of {height:N0} x {width:N0} pixels; at most " +
                $"{Limits.Numbers:N0} numbers are possible."));
        return Shape.Image(channels, (int)height, (int)width);
    }
}
