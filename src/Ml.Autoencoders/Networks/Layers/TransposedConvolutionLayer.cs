using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// A transposed 2-D convolution: <c>[B, C, H, W]</c> to <c>[B, Filters, H', W']</c>,
/// H' = (H - 1) Stride - 2 Padding + Kernel + OutputPadding.
/// </summary>
internal sealed record TransposedConvolutionLayer(
    int Filters, int Kernel, int Stride, int Padding, int OutputPaddingHeight, int OutputPaddingWidth) : Layer
{
    public override void Check(Place place)
    {
        ConvolutionNumbers.Check(place, Filters, Kernel, Stride, Padding);
        Require.Within(OutputPaddingHeight, 0, Stride - 1, place,
            place.IsEntry ? nameof(OutputPaddingHeight) : "OutputPadding");
        Require.Within(OutputPaddingWidth, 0, Stride - 1, place,
            place.IsEntry ? nameof(OutputPaddingWidth) : "OutputPadding");
    }

    public override Shape OutputShape(Shape input)
    {
        Shape output = ImageShape.Map(this, input, Filters,
            size => OutputSize(size, OutputPaddingHeight), size => OutputSize(size, OutputPaddingWidth));
        ConvolutionNumbers.RequireRoom(this, output, Padding);
        return output;
    }

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        Initialization values = Initialization.FanIn((long)Filters * Kernel * Kernel);
        return [new("weight", [input.Dimensions[0], Filters, Kernel, Kernel], values), new("bias", [Filters], values)];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) =>
        input.ConvolveTransposed(weights[0], weights[1], Stride, Padding, [OutputPaddingHeight, OutputPaddingWidth]);

    public override Layer Mirror(Shape input) => new ConvolutionLayer(input.Dimensions[0], Kernel, Stride, Padding);

    public override string ToString() =>
        $"TransposedConvolution({Filters}, kernel {Kernel}, stride {Stride}, padding {Padding})";

    private long OutputSize(long size, int outputPadding) =>
        (size - 1) * Stride - 2L * Padding + Kernel + outputPadding;
}
