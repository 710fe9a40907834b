using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

/// <summary>Networks that give rows of another size than they take.</summary>
internal sealed class EnlargingNetworkTests : TensorTests
{
    [Test]
    public void Convolutions_are_mirrored_and_one_more_enlarges()
    {
        NetworkPlan plan = Plan(Network.Convolutional(7, 5, 3, [6, 9], batchNorm: true), 105, 2 * 2 * 105);

        Assert.That(plan.Encoder.Names(),
            Is.EqualTo(Network.Convolutional(7, 5, 3, [6, 9], batchNorm: true).Plan(105, 4).Encoder.Names()));
        Assert.That(plan.Decoder.Names(), Is.EqualTo(new[]
        {
            "Linear(36)", "Reshape(9 x 2 x 2)", "BatchNorm", "Relu",
                "TransposedConvolution(6, kernel 3, stride 2, padding 1)", "BatchNorm", "Relu",
            "TransposedConvolution(6, kernel 3, stride 2, padding 1)", "BatchNorm", "Relu",
            "TransposedConvolution(3, kernel 4, stride 2, padding 1)", "Flatten",
        }));
        Assert.That(plan.Decoder.LayerInputs.Select(shape => shape.ToString()), Is.EqualTo(new[]
        {
            "4", "36", "9 x 2 x 2", "9 x 2 x 2", "9 x 2 x 2", "6 x 4 x 3", "6 x 4 x 3", "6 x 4 x 3", "6 x 7 x 5",
                "6 x 7 x 5", "6 x 7 x 5", "3 x 14 x 10",
        }));
    }

    [Test]
    public void Torch_computes_pictures_enlarged_by_the_factor(
        [Values(1, 4, 7)] int height, [Values(3, 8)] int width, [Values(1, 3)] int channels,
        [Values(2, 3, 4)] int factor, [Values] bool batchNorm)
    {
        int size = channels * height * width;
        NetworkPlan plan = Plan(Network.Convolutional(height, width, channels, [4, 5], batchNorm: batchNorm), size,
            factor * factor * size);
        using var random = new Generator(1);
        using BoundNetwork weights = BoundNetwork.Initialize(plan, random, CPU);

        Tensor code = weights.Encode(Uniform([2, size]), ForwardMode.Prediction);

        Assert.That((plan.InputSize, plan.CodeSize, plan.OutputSize), Is.EqualTo((size, 4, factor * factor * size)));
        Assert.That(plan.Decoder.LayerInputs[^1], Is.EqualTo(Shape.Image(channels, factor * height, factor * width)));
        Assert.That(weights.Decode(code, ForwardMode.Prediction).shape, Is.EqualTo(new long[] { 2, plan.OutputSize }));
    }

    [Test]
    public void A_sigmoid_ends_the_decoder_where_it_is_asked_for() =>
        Assert.That(Plan(Network.Convolutional(4, 4), 16, 64, endInSigmoid: true).Decoder.Names()[^2..],
            Is.EqualTo(new[] { "Flatten", "Sigmoid" }));

    [TestCase(15)]
    [TestCase(8, Description = "no smaller ones")]
    [TestCase(32, Description = "no twice as many pixels")]
    [TestCase(65)]
    [TestCase(4, Description = "half the height and width")]
    public void Numbers_that_no_whole_factor_gives_are_refused_by_convolutions(int outputs) =>
        Assert.That(() => Plan(Network.Convolutional(4, 4), 16, outputs),
            Throws.TypeOf<NetworkException>().With.Message.EqualTo(
            "Network.Convolutional of 1 x 4 x 4 gives pictures of that size or of a whole multiple of it, and " +
            $"{outputs} numbers per row are neither. " +
            "Network.Compose with a custom decoder, or Network.Dense, gives any."));

    [TestCase(5)]
    [TestCase(12)]
    [TestCase(100)]
    [TestCase(8, Description = "as many as the last hidden layer has")]
    [TestCase(3, Description = "as many as the code has")]
    public void A_dense_network_gives_any_number_by_a_last_linear_layer(int outputs)
    {
        NetworkPlan plan = Plan(Network.Dense([8, 6], Activation.Relu, batchNorm: true), 12, outputs, codeSize: 3);

        Assert.That(plan.Encoder.Names(),
            Is.EqualTo(new[] { "Linear(8)", "BatchNorm", "Relu", "Linear(6)", "BatchNorm", "Relu", "Linear(3)" }));
        Assert.That(plan.Decoder.Names(),
            Is.EqualTo(new[]
            {
                "Linear(6)",
                "BatchNorm",
                "Relu",
                "Linear(8)",
                "BatchNorm",
                "Relu",
                $"Linear({outputs})",
            }));
    }

    [TestCase(5)]
    [TestCase(3, Description = "as many as the code has")]
    public void A_linear_network_stays_one(int outputs) =>
        Assert.That(Plan(Network.Dense(), 12, outputs, codeSize: 3).Decoder.Names(),
            Is.EqualTo(new[] { $"Linear({outputs})" }));

    [Test]
    public void The_mirror_of_composed_layers_is_led_on_to_the_target()
    {
        NetworkPlan plan = Plan(Network.Compose(layers => layers.Reshape(1, 3, 4).Convolution(2).Relu()), 12, 20);

        Assert.That(plan.Decoder.Names()[^2..], Is.EqualTo(new[] { "Flatten", "Linear(20)" }));
    }

    [Test]
    public void A_composed_decoder_that_ends_in_the_target_s_size_is_left_as_it_is()
    {
        Network network = Network.Compose(layers => layers.Linear(8).Relu(),
            layers => layers.Linear(16).Reshape(1, 4, 4).TransposedConvolution(1));

        Assert.That(Plan(network, 12, 64).Decoder.Names(),
            Is.EqualTo(new[]
            {
                "Linear(16)",
                "Reshape(1 x 4 x 4)",
                "TransposedConvolution(1, kernel 3, stride 2, padding 1)",
                "Flatten",
            }));
        Assert.That(Plan(network, 12, 10).Decoder.Names()[^2..], Is.EqualTo(new[] { "Flatten", "Linear(10)" }));
    }

    [Test]
    public void A_condition_goes_into_encoder_and_decoder()
    {
        NetworkPlan plan = Network.Convolutional(4, 4, 1, [2])
            .Plan(16, 3, 3, endInSigmoid: false, conditionSize: 5, outputSize: 64);

        Assert.That((plan.InputSize, plan.CodeSize, plan.OutputSize, plan.ConditionSize), Is.EqualTo((16, 3, 64, 5)));
        Assert.That(plan.Picture, Is.EqualTo(Shape.Image(1, 4, 4)));
    }

    private static NetworkPlan Plan(Network network, int inputs, int outputs, int codeSize = 4,
        bool endInSigmoid = false) =>
        network.Plan(inputs, codeSize, codeSize, endInSigmoid, outputSize: outputs);
}
