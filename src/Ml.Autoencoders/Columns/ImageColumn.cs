using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Columns;

/// <summary>Finds out what pictures a vector column holds, by its dimensions and by what the options say.</summary>
internal static class ImageColumn
{
    private const int ImageDimensions = 3;

    /// <summary>The format of the column's pictures; null where nothing says that it holds any.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="column">A vector column of known size.</param>
    /// <param name="told">What the options say, if they do.</param>
    /// <exception cref="ArgumentOutOfRangeException">Column and options contradict each other.</exception>
    public static ImageFormat? Find(IExceptionContext context, DataViewSchema.Column column, ImageFormat? told)
    {
        if (told is null)
            return OfDimensions(((VectorDataViewType)column.Type).Dimensions);
        Require(context, column, told);
        return told;
    }

    /// <summary>The format of the pictures that are to be reconstructed from others.</summary>
    /// <param name="column">Their column.</param>
    /// <param name="input">The format of the others.</param>
    public static ImageFormat? FindTarget(DataViewSchema.Column column, ImageFormat? input)
    {
        var type = (VectorDataViewType)column.Type;
        if (OfDimensions(type.Dimensions) is { } format || input is null)
            return OfDimensions(type.Dimensions);
        int factor = (int)Math.Round(Math.Sqrt((double)type.Size / input.Shape.Count));
        return factor > 0 && factor * factor * input.Shape.Count == type.Size
            ? input.Of(Shape.Image(input.Channels, input.Height * factor, input.Width * factor))
            : null;
    }

    /// <exception cref="ArgumentOutOfRangeException">The column's size or dimensions are not those of the format.</exception>
    public static void Require(IExceptionContext context, DataViewSchema.Column column, ImageFormat format)
    {
        var type = (VectorDataViewType)column.Type;
        bool isOtherOrder = type.Dimensions.SequenceEqual(Other(format).Dimensions);
        bool fits = type.Dimensions.Length == ImageDimensions ? type.Dimensions.SequenceEqual(format.Dimensions) : type.Size == format.Shape.Count;
        // With one channel both orders are the same.
        if (fits || (isOtherOrder && format.Channels == 1))
            return;
        string remedy = isOtherOrder
            ? $". Set {nameof(AutoencoderModelOptions.Image)} to PixelOrder.{Other(format).Order} before the fit, or interleavePixelColors: {(format.Order == PixelOrder.Interleaved ? "true" : "false")} in ExtractPixels"
            : "";
        throw context.ExceptSchemaMismatch("inputSchema", "image", column.Name, $"pictures of {format}", $"{type}{remedy}");
    }

    /// <summary>One of 1, 3 or 4 channels stands in front of a planar picture and behind an interleaved one.</summary>
    private static ImageFormat? OfDimensions(IReadOnlyList<int> dimensions) => dimensions switch
    {
        [1 or 3 or 4, not (1 or 3 or 4) and > 0, not (1 or 3 or 4) and > 0] => new ImageFormat(dimensions[1], dimensions[2], dimensions[0]),
        [not (1 or 3 or 4) and > 0, not (1 or 3 or 4) and > 0, 1 or 3 or 4] => new ImageFormat(dimensions[0], dimensions[1], dimensions[2], PixelOrder.Interleaved),
        _ => null,
    };

    private static ImageFormat Other(ImageFormat format) => new(format.Height, format.Width, format.Channels,
        format.Order == PixelOrder.Planar ? PixelOrder.Interleaved : PixelOrder.Planar);
}
