using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Columns;

/// <summary>Finds out which pictures a vector column holds, from its dimensions and the options.</summary>
internal static class ImageColumn
{
    private const int ImageDimensions = 3;

    /// <summary>The option that describes the pictures.</summary>
    private const string Option = "Image";

    private static readonly PixelOrder[] Orders = [PixelOrder.Planar, PixelOrder.Interleaved];

    /// <summary>The format of the column's pictures; null where nothing specifies that it holds any, or their
    /// order.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="column">A vector column of known size.</param>
    /// <param name="told">The format that the options give, if any.</param>
    /// <exception cref="ArgumentOutOfRangeException">Column and options contradict each other.</exception>
    public static ImageFormat? Find(IExceptionContext context, DataViewSchema.Column column, ImageFormat? told)
    {
        if (told is null)
            return OfDimensions([.. ((VectorDataViewType)column.Type).Dimensions]);
        Require(context, column, told);
        return told;
    }

    /// <summary>Whether the dimensions are those of pictures, even where they leave the order of the pixels
    /// open.</summary>
    /// <param name="column">A vector column of known size.</param>
    public static bool HoldsPictures(DataViewSchema.Column column) =>
        Readings([.. ((VectorDataViewType)column.Type).Dimensions]).Length > 0;

    /// <summary>The format of the pictures that are to be reconstructed from others.</summary>
    /// <param name="column">Their column.</param>
    /// <param name="input">The format of the others.</param>
    public static ImageFormat? FindTarget(DataViewSchema.Column column, ImageFormat? input)
    {
        var type = (VectorDataViewType)column.Type;
        ImageFormat[] readings = Readings([.. type.Dimensions]);
        if (readings is [var only])
            return only;
        if (input is null)
            return null;
        // Where both orders could be meant, it is the input's.
        ImageFormat? alike = Array.Find(readings,
            reading => (reading.Order, reading.Channels) == (input.Order, input.Channels));
        if (alike is not null)
            return alike;
        int factor = (int)Math.Round(Math.Sqrt((double)type.Size / input.Shape.Count));
        return factor > 0 && factor * factor * input.Shape.Count == type.Size
            ? input.Of(Shape.Image(input.Channels, input.Height * factor, input.Width * factor))
            : null;
    }

    /// <exception cref="ArgumentOutOfRangeException">The column's size or dimensions are not those
    /// of the format.</exception>
    public static void Require(IExceptionContext context, DataViewSchema.Column column, ImageFormat format)
    {
        var type = (VectorDataViewType)column.Type;
        bool isOtherOrder = type.Dimensions.SequenceEqual(Other(format).Dimensions);
        bool fits = type.Dimensions.Length == ImageDimensions
            ? type.Dimensions.SequenceEqual(format.Dimensions) : type.Size == format.Shape.Count;
        // With one channel both orders are the same.
        if (fits || (isOtherOrder && format.Channels == 1))
            return;
        string remedy = isOtherOrder
            ? $". Set {Option} to PixelOrder.{Other(format).Order} before the fit, or interleavePixelColors: " +
            $"{(format.Order == PixelOrder.Interleaved ? "true" : "false")} in ExtractPixels"
            : "";
        throw context.ExceptSchemaMismatch("inputSchema", "image", column.Name, $"pictures of {format}",
            $"{type}{remedy}");
    }

    /// <summary>Refuses a column that may hold pictures of either order, where the order has to be known.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="column">A vector column of known size, with pictures of unknown format.</param>
    /// <param name="picture">The picture that the network makes of a row, channel by channel; or null.</param>
    /// <param name="input">The column that <c>Image</c> describes, where that is another.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pictures could be interleaved, and nothing specifies
    /// whether they are.</exception>
    public static void RequireOneReading(
        IExceptionContext context, DataViewSchema.Column column, Shape? picture, string? input = null)
    {
        int[] dimensions = [.. ((VectorDataViewType)column.Type).Dimensions];
        ImageFormat[] readings = Readings(dimensions);
        if (picture is not null)
        {
            ImageFormat[] wanted = [.. Orders.Select(order => FormatOf(picture, order))
                .Where(format => format.Dimensions.SequenceEqual(dimensions))];
            if (wanted is [{ Order: PixelOrder.Planar }])
                return;
            // The network may take other numbers of channels, too.
            readings = readings.Length > 1 ? readings : wanted;
        }
        else if (readings.Length < 2)
        {
            return;
        }
        if (readings is not [.., var last])
            return;
        string remedy = input is null
            ? $"Specify which with {Option}, for example {Option} = new ImageFormat(height: {last.Height}, " +
                $"width: {last.Width}, channels: {last.Channels}, PixelOrder.{last.Order})."
            : $"Describe those of column '{input}' with {Option}; these are taken to have the same order.";
        throw context.ExceptParam("inputSchema",
            $"Column '{column.Name}' of {string.Join(" x ", dimensions)} numbers may hold pictures of " +
            $"{string.Join(" or of ", readings.Select(reading => reading.ToString()))}. {remedy}");
    }

    /// <summary>The format that the dimensions imply, where they imply one.</summary>
    private static ImageFormat? OfDimensions(ReadOnlySpan<int> dimensions) =>
        Readings(dimensions) is [var only] ? only : null;

    /// <summary>1, 3 or 4 channels come first in a planar picture and last in an interleaved one. A side may
    /// be as short.</summary>
    private static ImageFormat[] Readings(ReadOnlySpan<int> dimensions)
    {
        if (dimensions is not [> 0 and var first, > 0 and var second, > 0 and var third])
            return [];
        return
        [
            .. IsChannels(first) ? [new ImageFormat(second, third, first)] : Array.Empty<ImageFormat>(),
            .. IsChannels(third)
                ? [new ImageFormat(first, second, third, PixelOrder.Interleaved)]
                : Array.Empty<ImageFormat>(),
        ];
    }

    private static bool IsChannels(int count) => count is 1 or 3 or 4;

    private static ImageFormat FormatOf(Shape picture, PixelOrder order) =>
        new(picture.Dimensions[1], picture.Dimensions[2], picture.Dimensions[0], order);

    private static ImageFormat Other(ImageFormat format) => new(format.Height, format.Width, format.Channels,
        format.Order == PixelOrder.Planar ? PixelOrder.Interleaved : PixelOrder.Planar);
}
