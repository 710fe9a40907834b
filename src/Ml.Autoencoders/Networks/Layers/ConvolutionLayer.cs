using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// A 2-D convolution: <c>[B, C, H, W]</c> to <c>[B, Filters, H', W']</c>, H' = (H + 2 Padding - Kernel) / Stride + 1.
/// </summary>
internal sealed record ConvolutionLayer(int Filters, int Kernel, int Stride, int Padding) : Layer
{
    public override void Check(Place place) => ConvolutionNumbers.Check(place, Filters, Kernel, Stride, Padding);

    public override Shape OutputShape(Shape input)
    {
        Shape output = ImageShape.Map(this, input, Filters, OutputSize, OutputSize);
        ConvolutionNumbers.RequireRoom(this, input, Padding);
        return output;
    }

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        int channels = input.Dimensions[0];
        Initialization values = Initialization.FanIn((long)channels * Kernel * Kernel);
        return [new("weight", [Filters, channels, Kernel, Kernel], values), new("bias", [Filters], values)];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) =>
        input.Convolve(weights[0], weights[1], Stride, Padding, mode);

    /// <summary>
    /// A strided convolution drops the remainder of its division; the mirror's output padding restores it.
    /// </summary>
    public override Layer Mirror(Shape input) => new TransposedConvolutionLayer(
        input.Dimensions[0], Kernel, Stride, Padding, Remainder(input.Dimensions[1]), Remainder(input.Dimensions[2]));

    public override string ToString() => $"Convolution({Filters}, kernel {Kernel}, stride {Stride}, padding {Padding})";

    private int Remainder(int size) => (int)((size + 2L * Padding - Kernel) % Stride);

    private long OutputSize(long size) =>
        size + 2L * Padding < Kernel ? 0 : (size + 2L * Padding - Kernel) / Stride + 1;
}
