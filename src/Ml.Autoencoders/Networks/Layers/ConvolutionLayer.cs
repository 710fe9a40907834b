using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Onnx;
using static TorchSharp.torch;

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

    public override Tensor Forward(Tensor input, IReadOnlyList<Tensor> parameters, ForwardMode mode) =>
        CpuConvolutions.Suit(input)
            ? CpuConvolutions.Convolve(input, parameters[0], parameters[1], Stride, Padding, mode.IsTraining)
            : nn.functional.conv2d(input, parameters[0], parameters[1], strides: [Stride, Stride],
                padding: [Padding, Padding]);

    public override OnnxValue Export(OnnxValue input, IReadOnlyList<OnnxValue> parameters) =>
        input.Graph.Add("Conv", [input, .. parameters],
        OnnxAttribute.Of("kernel_shape", Kernel, Kernel), OnnxAttribute.Of("strides", Stride, Stride),
        OnnxAttribute.Of("pads", Padding, Padding, Padding, Padding));

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
