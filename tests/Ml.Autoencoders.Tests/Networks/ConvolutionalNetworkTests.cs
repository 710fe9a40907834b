using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

internal sealed class ConvolutionalNetworkTests : TensorTests
{
    [Test]
    public void Convolutions_halve_and_their_mirrors_double_also_odd_sizes()
    {
        NetworkPlan plan = Network.Convolutional(27, 28, channels: 3, filters: [16, 32]).Plan(3 * 27 * 28, 10);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names(), Is.EqualTo(new[]
            {
                "Reshape(3 x 27 x 28)", "Convolution(16, kernel 3, stride 2, padding 1)", "Relu",
                "Convolution(32, kernel 3, stride 2, padding 1)", "Relu", "Flatten", "Linear(10)",
            }));
            Assert.That(Shapes(plan.Encoder),
                Is.EqualTo(new[]
                {
                    "2268",
                    "3 x 27 x 28",
                    "16 x 14 x 14",
                    "16 x 14 x 14",
                    "32 x 7 x 7",
                    "32 x 7 x 7",
                    "1568",
                }));
            Assert.That(plan.Decoder.Names(), Is.EqualTo(new[]
            {
                "Linear(1568)", "Reshape(32 x 7 x 7)", "Relu",
                    "TransposedConvolution(16, kernel 3, stride 2, padding 1)", "Relu",
                "TransposedConvolution(3, kernel 3, stride 2, padding 1)", "Flatten",
            }));
            Assert.That(Shapes(plan.Decoder),
                Is.EqualTo(new[]
                {
                    "10",
                    "1568",
                    "32 x 7 x 7",
                    "32 x 7 x 7",
                    "16 x 14 x 14",
                    "16 x 14 x 14",
                    "3 x 27 x 28",
                }));
        });

        static string[] Shapes(LayerStack stack) => [.. stack.LayerInputs.Select(shape => shape.ToString())];
    }

    [Test]
    public void Batch_normalization_stands_before_each_activation_and_nowhere_else()
    {
        NetworkPlan plan = Network.Convolutional(8, 8, filters: [4], activation: Activation.Elu,
            batchNorm: true).Plan(64, 2);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names(), Is.EqualTo(new[]
                {
                    "Reshape(1 x 8 x 8)",
                    "Convolution(4, kernel 3, stride 2, padding 1)",
                    "BatchNorm",
                    "Elu",
                    "Flatten",
                    "Linear(2)",
                }));
            Assert.That(plan.Decoder.Names(), Is.EqualTo(new[]
                {
                    "Linear(64)",
                    "Reshape(4 x 4 x 4)",
                    "BatchNorm",
                    "Elu",
                    "TransposedConvolution(1, kernel 3, stride 2, padding 1)",
                    "Flatten",
                }));
        });
    }

    [Test]
    public void A_sigmoid_ends_the_decoder_where_it_is_asked_for() =>
        Assert.That(Network.Convolutional(8, 8).Plan(64, 2, endInSigmoid: true).Decoder.Names()[^2..],
            Is.EqualTo(new[] { "Flatten", "Sigmoid" }));

    [Test, Combinatorial]
    public void The_decoder_leads_back_to_the_size_of_the_input(
        [Values(1, 2, 3, 5, 8, 27, 28, 29)] int height, [Values(1, 4, 7, 28)] int width, [Values(1, 3)] int channels,
        [Values(1, 2, 3)] int depth)
    {
        int size = channels * height * width;
        NetworkPlan plan = Network.Convolutional(height, width, channels, [.. Enumerable.Repeat(2, depth)])
            .Plan(size, 3);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.OutputShape, Is.EqualTo(Shape.Vector(3)));
            Assert.That(plan.Decoder.OutputShape, Is.EqualTo(Shape.Vector(size)));
            // By the convolutions alone: a size that is off would be mended by a linear layer behind them.
            Assert.That(plan.Decoder.Layers[^1], Is.EqualTo(new ReshapeLayer(null)));
        });
    }

    [TestCase(1, 1, 1)]
    [TestCase(5, 7, 3)]
    [TestCase(27, 29, 1)]
    [TestCase(28, 28, 1)]
    public void Torch_computes_the_shapes_that_were_planned(int height, int width, int channels)
    {
        int size = channels * height * width;
        NetworkPlan plan = Network.Convolutional(height, width, channels, [4, 6], batchNorm: true).Plan(size, 3);
        using var random = new Generator(1);
        using BoundNetwork weights = BoundNetwork.Initialize(plan, random, CPU);

        Tensor code = weights.Encode(Uniform([2, size]), ForwardMode.Prediction);

        Assert.Multiple(() =>
        {
            Assert.That(code.shape, Is.EqualTo(new long[] { 2, 3 }));
            Assert.That(weights.Decode(code, ForwardMode.Prediction).shape, Is.EqualTo(new long[] { 2, size }));
        });
    }

    [Test]
    public void Pixels_of_another_number_are_refused() =>
        Assert.That(() => Network.Convolutional(28, 28).Plan(12, 3), Throws.TypeOf<NetworkException>()
            .With.Message.EqualTo("Reshape(1 x 28 x 28) takes 784 numbers per row, and gets 12 (12)."));

    [Test]
    public void More_numbers_between_layers_than_a_vector_can_have_are_refused() =>
        Assert.That(() => Network.Convolutional(3000, 3000, filters: [1000]),
            Throws.TypeOf<ArgumentException>().With.Message.EqualTo(
            "Network.Convolutional: Convolution(1000, kernel 3, stride 2, padding 1) turns 1 x 3000 x 3000 into a " +
            "shape that is 1000 x 1500 x 1500, which is 2,250,000,000 numbers; at most 536,870,897 are possible."));
}
