namespace Ml.Autoencoders.Networks;

/// <summary>What layers do to the shape of an image.</summary>
internal static class ImageShape
{
    /// <summary>The image behind a layer whose height and width follow from those before it.</summary>
    /// <exception cref="NetworkException">What comes is no image, or nothing of it is left.</exception>
    public static Shape Map(Layer layer, Shape input, int channels, Func<int, int> mapHeight, Func<int, int> mapWidth)
    {
        if (!input.IsImage)
            throw new NetworkException($"{layer} takes an image (channels x height x width), and gets {input}: put Reshape(...) before it.");
        int height = mapHeight(input.Dimensions[1]);
        int width = mapWidth(input.Dimensions[2]);
        return height > 0 && width > 0
            ? Shape.Image(channels, height, width)
            : throw new NetworkException($"{layer} leaves nothing of an image of {input}.");
    }
}
