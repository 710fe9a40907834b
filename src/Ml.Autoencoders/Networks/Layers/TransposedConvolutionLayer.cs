using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Onnx;
using static TorchSharp.torch;

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

    public override Tensor Forward(Tensor input, IReadOnlyList<Tensor> parameters, ForwardMode mode) =>
        CpuConvolutions.Suit(input)
            ? CpuConvolutions.Transpose(input, parameters[0], parameters[1], Stride, Padding,
                [OutputPaddingHeight, OutputPaddingWidth])
            : nn.functional.conv_transpose2d(input, parameters[0], parameters[1], strides: [Stride, Stride],
                padding: [Padding, Padding], output_padding: [OutputPaddingHeight, OutputPaddingWidth]);

    public override OnnxValue Export(OnnxValue input, IReadOnlyList<OnnxValue> parameters) =>
        input.Graph.Add("ConvTranspose", [input, .. parameters],
        OnnxAttribute.Of("kernel_shape", Kernel, Kernel), OnnxAttribute.Of("strides", Stride, Stride),
        OnnxAttribute.Of("pads", Padding, Padding, Padding, Padding),
        OnnxAttribute.Of("output_padding", OutputPaddingHeight, OutputPaddingWidth));

    public override Layer Mirror(Shape input) => new ConvolutionLayer(input.Dimensions[0], Kernel, Stride, Padding);

    public override string ToString() =>
        $"TransposedConvolution({Filters}, kernel {Kernel}, stride {Stride}, padding {Padding})";

    private long OutputSize(long size, int outputPadding) =>
        (size - 1) * Stride - 2L * Padding + Kernel + outputPadding;
}
