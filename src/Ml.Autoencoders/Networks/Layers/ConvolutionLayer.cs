using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// A convolution over the axes after the channels: <c>[B, C, H, W]</c> to <c>[B, Filters, H', W']</c>, or
/// <c>[B, C, T]</c> to <c>[B, Filters, T']</c>, with H' = (H + 2 Padding - Kernel) / Stride + 1.
/// </summary>
internal sealed record ConvolutionLayer(int Filters, PerAxis Kernel, PerAxis Stride, PerAxis Padding) : Layer
{
    internal override bool JoinsNumbers => true;

    internal override int ParameterCount => 2;

    public override void Check(Place place) => ConvolutionNumbers.Check(place, Filters, Kernel, Stride, Padding);

    public override Shape OutputShape(Shape input)
    {
        Shape output = ConvolutionNumbers.Map(this, input, Filters, OutputSize, Kernel, Stride, Padding);
        ConvolutionNumbers.RequireRoom(this, input, Padding);
        return output;
    }

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        int channels = input.Dimensions[0];
        Initialization values = Initialization.FanIn(channels * ConvolutionNumbers.Area(Kernel, input));
        return
        [
            new("weight", ConvolutionNumbers.Weight(Filters, channels, Kernel, input), values),
            new("bias", [Filters], values),
        ];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        int axes = input.Rank - 2;
        return input.Convolve(weights[0], weights[1], Stride.For(axes), Padding.For(axes), mode);
    }

    /// <summary>
    /// A strided convolution drops the remainder of its division; the mirror's output padding restores it.
    /// </summary>
    public override Layer Mirror(Shape input) => new TransposedConvolutionLayer(
        input.Dimensions[0], Kernel, Stride, Padding, Remainder(0, input.Axes[0]),
        Remainder(input.Axes.Length - 1, input.Axes[^1]));

    public override string ToString() => $"Convolution({Filters}, kernel {Kernel}, stride {Stride}, padding {Padding})";

    private int Remainder(int axis, int size) => (int)((size + 2L * Padding[axis] - Kernel[axis]) % Stride[axis]);

    private long OutputSize(int axis, long size)
    {
        long range = size + 2L * Padding[axis] - Kernel[axis];
        return range < 0 ? 0 : range / Stride[axis] + 1;
    }
}
