using Ml.Autoencoders.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Tests.Networks.Layers;

/// <summary>Convolutions in the forms that are fast on a processor give what torch's own give, values and gradients.</summary>
internal sealed class CpuConvolutionsTests : TensorTests
{
    private static readonly int[][] Geometries =
    [
        // kernel, stride, padding, output padding, height, width
        [3, 2, 1, 1, 7, 5], [3, 2, 1, 0, 6, 9], [4, 2, 1, 0, 8, 8], [2, 2, 0, 1, 5, 4],
        [1, 1, 0, 0, 4, 6], [3, 1, 1, 0, 5, 5], [5, 3, 2, 2, 9, 7], [2, 3, 0, 2, 7, 8],
    ];

    [Test]
    public void A_convolution_is_that_of_torch([ValueSource(nameof(Geometries))] int[] geometry, [Values(1, 2)] int channels)
    {
        (int size, int stride, int padding, _, int height, int width) = Read(geometry);
        Agree([2, channels, height, width], [3, channels, size, size], [3],
            (input, kernel, bias) => CpuConvolutions.Convolve(input, kernel, bias, stride, padding),
            (input, kernel, bias) => functional.conv2d(input, kernel, bias, strides: [stride, stride], padding: [padding, padding]));
    }

    [Test]
    public void A_transposed_convolution_is_that_of_torch([ValueSource(nameof(Geometries))] int[] geometry, [Values(1, 2)] int channels)
    {
        (int size, int stride, int padding, int extra, int height, int width) = Read(geometry);
        Agree([2, 3, height, width], [3, channels, size, size], [channels],
            (input, kernel, bias) => CpuConvolutions.Transpose(input, kernel, bias, stride, padding, [extra, extra]),
            (input, kernel, bias) => functional.conv_transpose2d(input, kernel, bias, strides: [stride, stride],
                padding: [padding, padding], output_padding: [extra, extra]));
    }

    private static void Agree(long[] inputShape, long[] kernelShape, long[] biasShape,
        Func<Tensor, Tensor, Tensor, Tensor> ours, Func<Tensor, Tensor, Tensor, Tensor> theirs)
    {
        using Generator random = new(1);
        Tensor[] arguments = [.. new[] { inputShape, kernelShape, biasShape }.Select(shape => randn(shape, generator: random, requires_grad: true))];
        Tensor expected = theirs(arguments[0], arguments[1], arguments[2]);
        Tensor found = ours(arguments[0], arguments[1], arguments[2]);
        Assert.That(found.shape, Is.EqualTo(expected.shape));
        Assert.That(found.contiguous().Floats(), Is.EqualTo(expected.Floats()).Within(1e-5));

        // A different weight on each output, so that a gradient in the wrong place is seen.
        Tensor weights = randn(expected.shape, generator: random);
        foreach ((Tensor wanted, Tensor given) in Gradients(expected, weights, arguments).Zip(Gradients(found, weights, arguments)))
            Assert.That(given.contiguous().Floats(), Is.EqualTo(wanted.contiguous().Floats()).Within(1e-4));
    }

    private static IList<Tensor> Gradients(Tensor output, Tensor weights, Tensor[] arguments) => autograd.grad([(output * weights).sum()], arguments);

    private static (int Size, int Stride, int Padding, int Extra, int Height, int Width) Read(int[] geometry) =>
        (geometry[0], geometry[1], geometry[2], geometry[3], geometry[4], geometry[5]);
}
