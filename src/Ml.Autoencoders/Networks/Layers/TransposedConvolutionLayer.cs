using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// A transposed convolution over the axes after the channels: <c>[B, C, H, W]</c> to <c>[B, Filters, H', W']</c>, or
/// <c>[B, C, T]</c> to <c>[B, Filters, T']</c>, with H' = (H - 1) Stride - 2 Padding + Kernel + OutputPadding.
/// </summary>
/// <remarks>The one axis of a sequence takes both output paddings, which have to be the same.</remarks>
internal sealed record TransposedConvolutionLayer(int Filters, PerAxis Kernel, PerAxis Stride, PerAxis Padding,
    int OutputPaddingHeight, int OutputPaddingWidth) : Layer
{
    /// <summary>Places that are added at the end of each axis.</summary>
    [JsonIgnore]
    public PerAxis OutputPadding => [OutputPaddingHeight, OutputPaddingWidth];

    internal override bool JoinsNumbers => true;

    internal override int ParameterCount => 2;

    public override void Check(Place place)
    {
        ConvolutionNumbers.Check(place, Filters, Kernel, Stride, Padding);
        Require.Within(OutputPaddingHeight, 0, Stride[0] - 1, place,
            place.IsEntry ? nameof(OutputPaddingHeight) : nameof(OutputPadding));
        Require.Within(OutputPaddingWidth, 0, Stride[1] - 1, place,
            place.IsEntry ? nameof(OutputPaddingWidth) : nameof(OutputPadding));
    }

    public override Shape OutputShape(Shape input)
    {
        Shape output = ConvolutionNumbers.Map(this, input, Filters, OutputSize, Kernel, Stride, Padding, OutputPadding);
        ConvolutionNumbers.RequireRoom(this, output, Padding);
        return output;
    }

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        Initialization values = Initialization.FanIn(Filters * ConvolutionNumbers.Area(Kernel, input));
        return
        [
            new("weight", ConvolutionNumbers.Weight(input.Dimensions[0], Filters, Kernel, input), values),
            new("bias", [Filters], values),
        ];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        int axes = input.Rank - 2;
        return input.ConvolveTransposed(weights[0], weights[1], Stride.For(axes), Padding.For(axes),
            OutputPadding.For(axes));
    }

    public override Layer Mirror(Shape input) => new ConvolutionLayer(input.Dimensions[0], Kernel, Stride, Padding);

    public override string ToString() =>
        $"TransposedConvolution({Filters}, kernel {Kernel}, stride {Stride}, padding {Padding})";

    private long OutputSize(int axis, long size) =>
        (size - 1) * Stride[axis] - 2L * Padding[axis] + Kernel[axis] + OutputPadding[axis];
}
