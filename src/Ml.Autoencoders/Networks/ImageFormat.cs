using System.Globalization;
using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders;

/// <summary>The picture that the numbers of a row form.</summary>
public sealed record ImageFormat
{
    /// <param name="height">Rows of pixels, at least 1.</param>
    /// <param name="width">Columns of pixels, at least 1.</param>
    /// <param name="channels">Numbers per pixel, at least 1: 1 for gray, 3 for color. A picture can have at
    /// most 536,870,897 numbers.</param>
    /// <param name="order">The order of the numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public ImageFormat(int height, int width, int channels = 1, PixelOrder order = PixelOrder.Planar)
        : this(order, channels, height, width) => Check(Place.Call(nameof(ImageFormat)));

    /// <summary>As read from a file, to be checked where the place is known.</summary>
    [JsonConstructor]
    private ImageFormat(PixelOrder order, int channels, int height, int width)
    {
        Height = height;
        Width = width;
        Channels = channels;
        Order = order;
    }

    /// <summary>Rows of pixels, H.</summary>
    public int Height { get; }

    /// <summary>Columns of pixels, W.</summary>
    public int Width { get; }

    /// <summary>Numbers per pixel, C.</summary>
    public int Channels { get; }

    /// <summary>The order of the numbers.</summary>
    public PixelOrder Order { get; }

    /// <summary>The picture as the network takes it, always planar: <c>[C, H, W]</c>.</summary>
    [JsonIgnore]
    internal Shape Shape => Shape.Image(Channels, Height, Width);

    /// <summary>Where the numbers of a row lie.</summary>
    [JsonIgnore]
    internal PictureLayout Layout => Order == PixelOrder.Planar
        ? PlanarLayout : PictureLayout.Innermost(Channels, Height * Width, Channels);

    /// <summary>Where they lie as the network takes them.</summary>
    [JsonIgnore]
    internal PictureLayout PlanarLayout => PictureLayout.Plain(Channels, Height * Width);

    /// <summary>Checks the sizes of a picture.</summary>
    internal static void Check(int height, int width, int channels, Place place)
    {
        Require.AtLeast(height, 1, place, nameof(height));
        Require.AtLeast(width, 1, place, nameof(width));
        Require.AtLeast(channels, 1, place, nameof(channels));
        if ((Int128)height * width * channels > Limits.Numbers)
            throw place.Error(nameof(height), string.Create(CultureInfo.InvariantCulture,
                $"is {height}, with a width of {width} and {channels} channels; a picture can have at most " +
                $"{Limits.Numbers:N0} numbers."));
    }

    /// <summary>Checks the sizes and the order.</summary>
    internal void Check(Place place)
    {
        Check(Height, Width, Channels, place);
        Require.Defined(Order, place, nameof(Order));
    }

    /// <summary>The dimensions of a column of such pictures.</summary>
    [JsonIgnore]
    internal int[] Dimensions => Order == PixelOrder.Planar ? [Channels, Height, Width] : [Height, Width, Channels];

    /// <summary>What the picture is, in a phrase: <c>3 x 64 x 64 (planar: channels x height x width)</c>.</summary>
    public override string ToString() =>
        $"{string.Join(" x ", Dimensions)} (" + (Order == PixelOrder.Planar
            ? "planar: channels x height x width)"
            : "interleaved: height x width x channels)");

    /// <summary>Pictures of another size in the same order.</summary>
    internal ImageFormat Of(Shape shape) => new(shape.Dimensions[1], shape.Dimensions[2], shape.Dimensions[0], Order);

    /// <summary>Rows <c>[B, D]</c> in this order to planar ones.</summary>
    internal T ToPlanar<T>(T rows) where T : struct, IArray<T> => Order == PixelOrder.Planar
        ? rows
        : rows.Reshape(-1, Height, Width, Channels).Permute(0, 3, 1, 2).Reshape(-1, Shape.Count);

    /// <summary>Planar rows <c>[B, D]</c> to ones in this order.</summary>
    internal T FromPlanar<T>(T rows) where T : struct, IArray<T> => Order == PixelOrder.Planar
        ? rows
        : rows.Reshape(-1, Channels, Height, Width).Permute(0, 2, 3, 1).Reshape(-1, Shape.Count);
}
