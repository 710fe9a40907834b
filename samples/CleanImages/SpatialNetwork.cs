using Ml.Autoencoders;

namespace CleanImages;

/// <summary>
/// Networks whose code is a small picture of many channels: where something is stays known, which pictures that have to
/// come back sharp need more than few numbers. Made of convolutions alone, they grow with the number of channels and
/// not with the size of pictures.
/// </summary>
internal static class SpatialNetwork
{
    private const int Kernel = 5;
    private const int Padding = Kernel / 2;
    private const int Coarse = 16;
    private const int Fine = 32;
    private const int Narrow = 8;

    /// <summary>
    /// Two convolutions that halve height and width, and their mirror images. The corruption, not a narrow code, keeps
    /// it from copying what it is shown.
    /// </summary>
    public static Network Denoising(int channels, int height, int width) => Network.Compose(layers => layers
        .Reshape(channels, height, width)
        .Convolution(Coarse, Kernel, stride: 2, Padding).BatchNorm().Relu()
        .Convolution(Fine, Kernel, stride: 2, Padding).BatchNorm().Relu());

    /// <summary>Numbers in a code of <see cref="Denoising"/>.</summary>
    public static int DenoisingCodeSize(int height, int width) => Fine * Half(Half(height)) * Half(Half(width));

    /// <summary>Convolutions at the size of the small picture; the last one makes four pixels of each.</summary>
    public static Network Enlarging(int height, int width) => Network.Compose(
        encoder: layers => layers
            .Reshape(1, height, width)
            .Convolution(Fine, stride: 1).BatchNorm().Relu()
            .Convolution(Narrow, stride: 1),
        decoder: layers => layers
            .Reshape(Narrow, height, width)
            .Convolution(Fine, stride: 1).BatchNorm().Relu()
            .TransposedConvolution(1, kernel: 4, stride: 2, padding: 1, outputPadding: 0));

    /// <summary>Numbers in a code of <see cref="Enlarging"/>.</summary>
    public static int EnlargingCodeSize(int height, int width) => Narrow * height * width;

    private static int Half(int side) => (side + 1) / 2;
}
