using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

/// <summary>Convolutions and transposed ones against their sums written out.</summary>
internal sealed class ConvolutionTests : TensorTests
{
    private const int Batch = 2;
    private const int Channels = 2;
    private const int Filters = 3;

    [TestCase(1, 1, 1, 1, 0)]
    [TestCase(5, 7, 3, 2, 1)]
    [TestCase(6, 4, 3, 2, 1)]
    [TestCase(7, 7, 4, 3, 0)]
    [TestCase(4, 9, 2, 1, 2)]
    public void A_convolution_sums_over_a_window(int height, int width, int kernel, int stride, int padding)
    {
        var layer = new ConvolutionLayer(Filters, kernel, stride, padding);
        var input = new Grid(Uniform([Batch, Channels, height, width], -1, 1, seed: 1));
        var weight = new Grid(Uniform([Filters, Channels, kernel, kernel], -1, 1, seed: 2));
        Tensor bias = Uniform([Filters], -1, 1, seed: 3);
        Shape shape = layer.OutputShape(Shape.Image(Channels, height, width));

        Tensor output = layer.Forward(input.Tensor, [weight.Tensor, bias], ForwardMode.Prediction);

        float[] b = bias.Floats();
        double[] expected = Each(shape, (n, f, y, x) => b[f] + Sum(Channels, kernel, (c, i, j) =>
            weight[f, c, i, j] * input[n, c, y * stride + i - padding, x * stride + j - padding]));
        Assert.Multiple(() =>
        {
            Assert.That(output.shape, Is.EqualTo(WithBatch(shape)));
            Assert.That(output.Doubles(), Is.EqualTo(expected).Within(1e-5));
        });
    }

    [TestCase(1, 1, 1, 1, 0, 0, 0)]
    [TestCase(3, 4, 3, 2, 1, 1, 0)]
    [TestCase(3, 4, 3, 2, 1, 0, 1)]
    [TestCase(2, 5, 4, 3, 0, 2, 1)]
    [TestCase(4, 3, 2, 1, 1, 0, 0)]
    public void A_transposed_convolution_spreads_each_input_over_a_window(
        int height, int width, int kernel, int stride, int padding, int extraHeight, int extraWidth)
    {
        var layer = new TransposedConvolutionLayer(Filters, kernel, stride, padding, extraHeight, extraWidth);
        var input = new Grid(Uniform([Batch, Channels, height, width], -1, 1, seed: 1));
        var weight = new Grid(Uniform([Channels, Filters, kernel, kernel], -1, 1, seed: 2));
        Tensor bias = Uniform([Filters], -1, 1, seed: 3);
        Shape shape = layer.OutputShape(Shape.Image(Channels, height, width));

        Tensor output = layer.Forward(input.Tensor, [weight.Tensor, bias], ForwardMode.Prediction);

        float[] b = bias.Floats();
        double[] expected = Each(shape, (n, f, y, x) => b[f] + Sum(Channels, kernel, (c, i, j) =>
        {
            (int fromY, int restY) = Math.DivRem(y + padding - i, stride);
            (int fromX, int restX) = Math.DivRem(x + padding - j, stride);
            return restY == 0 && restX == 0 ? weight[c, f, i, j] * input[n, c, fromY, fromX] : 0;
        }));
        Assert.Multiple(() =>
        {
            Assert.That(output.shape, Is.EqualTo(WithBatch(shape)));
            Assert.That(output.Doubles(), Is.EqualTo(expected).Within(1e-5));
        });
    }

    [Test]
    public void A_window_of_ones_counts_the_ones_that_it_sees()
    {
        Tensor output = new ConvolutionLayer(1, 3, 2, 1)
            .Forward(ones(1, 1, 3, 3), [ones(1, 1, 3, 3), zeros(1)], ForwardMode.Prediction);

        Assert.That(output.Floats(), Is.EqualTo(new[] { 4f, 4, 4, 4 }));
    }

    private static double[] Each(Shape shape, Func<int, int, int, int, double> value) =>
        [.. from n in Enumerable.Range(0, Batch)
            from f in Enumerable.Range(0, shape.Dimensions[0])
            from y in Enumerable.Range(0, shape.Dimensions[1])
            from x in Enumerable.Range(0, shape.Dimensions[2])
            select value(n, f, y, x)];

    private static double Sum(int channels, int kernel, Func<int, int, int, double> term)
    {
        double sum = 0;
        for (int c = 0; c < channels; c++)
        {
            for (int i = 0; i < kernel; i++)
            {
                for (int j = 0; j < kernel; j++)
                    sum += term(c, i, j);
            }
        }
        return sum;
    }

    private static long[] WithBatch(Shape shape) => [Batch, .. shape.WithBatch()[1..]];

    /// <summary>Four-dimensional numbers, 0 outside of the last two dimensions.</summary>
    private sealed class Grid(Tensor tensor)
    {
        private readonly float[] _numbers = tensor.Floats();

        public Tensor Tensor => tensor;

        public double this[int a, int b, int y, int x]
        {
            get
            {
                (int second, int height, int width) = ((int)tensor.shape[1], (int)tensor.shape[2],
                    (int)tensor.shape[3]);
                return y < 0 || y >= height || x < 0 || x >= width
                    ? 0 : _numbers[((a * second + b) * height + y) * width + x];
            }
        }
    }
}
