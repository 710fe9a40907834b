using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

/// <summary>Convolutions over time.</summary>
internal sealed class TemporalNetworkTests : TensorTests
{
    [Test]
    public void Layers_halve_the_steps_and_the_mirror_doubles_them()
    {
        NetworkPlan plan = Plan(Network.Temporal(), steps: 139, channels: 2);

        // 32 x 2 x 7 + 32, 16 x 32 x 7 + 16, 3 x 560 + 3; 560 x 3 + 560, 16 x 32 x 7 + 32, 32 x 2 x 7 + 2.
        Assert.That(new NetworkSummary(plan).ToString(), Is.EqualTo(string.Join(Environment.NewLine,
            "encoder  Reshape(2 x 139)                                          2 x 139       0",
            "encoder  Convolution(32, kernel 7, stride 2, padding 3)            32 x 70     480",
            "encoder  Relu                                                      32 x 70       0",
            "encoder  Convolution(16, kernel 7, stride 2, padding 3)            16 x 35   3,600",
            "encoder  Relu                                                      16 x 35       0",
            "encoder  Flatten                                                       560       0",
            "encoder  Linear(3)                                                       3   1,683",
            "decoder  Linear(560)                                                   560   2,240",
            "decoder  Reshape(16 x 35)                                          16 x 35       0",
            "decoder  Relu                                                      16 x 35       0",
            "decoder  TransposedConvolution(32, kernel 7, stride 2, padding 3)  32 x 70   3,616",
            "decoder  Relu                                                      32 x 70       0",
            "decoder  TransposedConvolution(2, kernel 7, stride 2, padding 3)   2 x 139     450",
            "decoder  Flatten                                                       278       0",
            "12,069 parameters")));
    }

    [Test]
    public void The_decoder_leads_back_to_the_size_of_the_input([Values(1, 2, 3, 7, 60, 139, 140)] int steps,
        [Values(1, 3)] int channels, [Values(1, 2, 3)] int depth, [Values(1, 3, 4, 7)] int kernel)
    {
        NetworkPlan plan = Plan(Network.Temporal([.. Enumerable.Repeat(2, depth)], kernel), steps, channels);
        using BoundNetwork weights = Weights(plan);

        Tensor code = weights.Encode(Uniform([2, steps * channels]), ForwardMode.Prediction);

        Assert.Multiple(() =>
        {
            // By the convolutions alone: a size that is off would be mended by a linear layer after them.
            Assert.That(plan.Decoder.Layers[^1], Is.EqualTo(new ReshapeLayer(null)));
            Assert.That(plan.Decoder.LayerInputs[^1], Is.EqualTo(Shape.Sequence(channels, steps)));
            Assert.That(weights.Decode(code, ForwardMode.Prediction).shape,
                Is.EqualTo(new long[] { 2, steps * channels }));
        });
    }

    [Test]
    public void Dilated_layers_keep_the_steps_and_skip_more_of_them_each()
    {
        NetworkPlan plan = Plan(Network.Temporal([8, 4, 4], kernel: 3, dilated: true), steps: 60, channels: 2);

        Assert.That(plan.Encoder.Names().Concat(plan.Decoder.Names()), Is.EqualTo(new[]
        {
            "Reshape(2 x 60)", "CausalConvolution(8, kernel 3, dilation 1)", "Relu",
            "CausalConvolution(4, kernel 3, dilation 2)", "Relu", "CausalConvolution(4, kernel 3, dilation 4)", "Relu",
            "Flatten", "Linear(3)", "Linear(240)", "Reshape(4 x 60)", "Relu",
            "CausalConvolution(4, kernel 3, dilation 4)", "Relu", "CausalConvolution(8, kernel 3, dilation 2)", "Relu",
            "CausalConvolution(2, kernel 3, dilation 1)", "Flatten",
        }));
        Assert.That(Network.Temporal([4], dilated: true).Plan(21, 3, 3, endInSigmoid: true, outputSize: 14,
            sequence: new SequenceFormat(7, 3)).Decoder.Names()[^3..],
            Is.EqualTo(new[] { "CausalConvolution(2, kernel 7, dilation 1)", "Flatten", "Sigmoid" }));
    }

    [Test]
    public void What_comes_later_does_not_reach_a_step_and_what_came_long_before_does()
    {
        var stack = new LayerStack(Shape.Sequence(2, 20), [.. Enumerable.Range(0, 3)
            .Select(i => new CausalConvolutionLayer(2, 3, 1 << i))]);
        Dictionary<string, Tensor> weights = stack.Parameters("layers")
            .ToDictionary(spec => spec.Name, spec => Uniform(spec.Shape, 0.1, 1), StringComparer.Ordinal);
        Tensor row = Uniform([1, 2, 20]), other = row.clone();
        other.narrow(2, 5, 1).zero_();
        Tensor Run(Tensor input) => new BoundStack(stack, "layers", name => weights[name])
            .Run(input, ForwardMode.Prediction);

        float[] difference = (Run(row) - Run(other)).abs().amax([1]).Floats();

        // (3 - 1) (1 + 2 + 4) steps on.
        Assert.That(difference.Select(change => change > 1e-4), Is.EqualTo(
            Enumerable.Range(0, 20).Select(step => step is >= 5 and <= 19)));
        Assert.That(difference[..5], Has.All.Zero);
    }

    [Test]
    public void A_causal_filter_meets_steps_before_each(
        [Values(1, 2, 5)] int kernel, [Values(1, 2, 7)] int dilation, [Values(1, 6)] int steps,
        [Values] bool isTraining)
    {
        var layer = new CausalConvolutionLayer(2, kernel, dilation);
        Tensor input = Uniform([3, 2, steps], -1, 1).requires_grad_();
        Tensor weight = Uniform([2, 2, kernel], -1, 1, seed: 2).requires_grad_(), bias = Uniform([2], seed: 3);
        using Generator random = new(1);

        Tensor output = layer.Forward(input, [weight, bias], isTraining ? ForwardMode.Training(random)
            : ForwardMode.Prediction);

        Tensor padded = cat([zeros(3, 2, (kernel - 1) * dilation), input], 2);
        Tensor expected = stack([.. Enumerable.Range(0, steps).Select(step => bias
            + Enumerable.Range(0, kernel).Select(tap => padded.select(2, step + tap * dilation)
                .mm(weight.select(2, tap).t())).Aggregate((left, right) => left + right))], 2);
        Assert.That((output - expected).abs().max().item<float>(), Is.LessThan(2e-6));
        Tensor slopes = Uniform(output.shape, seed: 4);
        IList<Tensor> found = autograd.grad([(output * slopes).sum()], [input, weight]);
        IList<Tensor> known = autograd.grad([(expected * slopes).sum()], [input, weight]);
        Assert.That(found.Zip(known, (x, y) => (x - y).abs().max().item<float>()), Has.All.LessThan(1e-5));
    }

    // Two channels at 5 steps, one filter of 3 that adds to each number of the first channel the one before it and
    // ten times the second channel's number after it.
    [Test]
    public void A_filter_meets_the_steps_around_each_second_one()
    {
        NetworkPlan plan = Plan(Network.Temporal([1], kernel: 3), steps: 5, channels: 2);
        using BoundNetwork weights = Weights(plan);
        using (no_grad())
        {
            weights["encoder.1.weight"].copy_(tensor(new float[] { 1, 1, 0, 0, 0, 10 }, [1, 2, 3]));
            weights["encoder.1.bias"].copy_(tensor(new float[] { -3 }));
            weights["encoder.4.weight"].copy_(tensor(new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 }, [3, 3]));
            weights["encoder.4.bias"].zero_();
        }
        // Step by step: 1 2 3 4 5 in the first channel, 6 7 8 9 0 in the second.
        Tensor row = Table([1, 6, 2, 7, 3, 8, 4, 9, 5, 0]);

        // 0 + 1 + 70 - 3, 2 + 3 + 90 - 3, 4 + 5 + 0 - 3.
        Assert.That(weights.Encode(row, ForwardMode.Prediction).Floats(), Is.EqualTo(new float[] { 68, 92, 6 }));
    }

    [Test]
    public void A_transposed_filter_spreads_each_step_over_those_around_it()
    {
        NetworkPlan plan = Plan(Network.Temporal([1], kernel: 3), steps: 5, channels: 2);
        using BoundNetwork weights = Weights(plan);
        using (no_grad())
        {
            weights["decoder.0.weight"].copy_(tensor(new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 }, [3, 3]));
            weights["decoder.0.bias"].zero_();
            weights["decoder.3.weight"].copy_(tensor(new float[] { 1, 2, 3, 0, 10, 0 }, [1, 2, 3]));
            weights["decoder.3.bias"].copy_(tensor(new float[] { 0, -1 }));
        }

        float[] row = weights.Decode(Table([1, 2, 3]), ForwardMode.Prediction).Floats();

        // First channel: 2*1, 3*1 + 1*2, 2*2, 3*2 + 1*3, 2*3; second: 10 times what is there, less 1.
        Assert.That(row, Is.EqualTo(new float[] { 2, 9, 5, -1, 4, 19, 9, -1, 6, 29 }));
    }

    [Test]
    public void A_label_is_a_channel_at_each_step_and_stands_after_the_code()
    {
        NetworkPlan plan = Plan(Network.Temporal([4]), steps: 7, channels: 3, labels: 2);
        using BoundNetwork weights = Weights(plan);
        Tensor row = Uniform([1, 21]);

        Tensor difference = weights.Encode(row, ForwardMode.Prediction, tensor(new[] { 1L }))
            - weights.Encode(row, ForwardMode.Prediction, tensor(new[] { 0L }));

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names()[0], Is.EqualTo("Reshape(3 x 7) + 2 planes"));
            Assert.That(plan.Encoder.LayerInputs[1], Is.EqualTo(Shape.Sequence(5, 7)));
            Assert.That(plan.Decoder.InputShape, Is.EqualTo(Shape.Vector(5)));
            Assert.That(difference.abs().max().item<float>(), Is.GreaterThan(1e-3));
        });
    }

    [Test]
    public void Planes_hold_the_label_at_each_step()
    {
        var layer = new ConditionedReshapeLayer(Shape.Sequence(2, 3), 2);

        Tensor sequences = layer.Forward(Table([1, 2, 3, 4, 5, 6, 0, 1]), [], ForwardMode.Prediction);

        Assert.Multiple(() =>
        {
            Assert.That(sequences.shape, Is.EqualTo(new long[] { 1, 4, 3 }));
            Assert.That(sequences.Floats(), Is.EqualTo(new float[] { 1, 3, 5, 2, 4, 6, 0, 0, 0, 1, 1, 1 }));
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_residual_that_comes_first_gets_the_label_with_the_row(bool isSequence)
    {
        Network network = Network.Compose(layers =>
        {
            if (isSequence)
                layers.Sequence(4, 3).Residual(inner => inner.Convolution(3, 3, 1, 1).Relu());
            else
                layers.Residual(inner => inner.Linear(12).Relu());
        });
        NetworkPlan plan = network.Plan(12, 3, 3, endInSigmoid: false, conditionSize: 2);
        using BoundNetwork weights = Weights(plan);
        Tensor row = Uniform([1, 12]);

        Tensor difference = weights.Encode(row, ForwardMode.Prediction, tensor(new[] { 1L }))
            - weights.Encode(row, ForwardMode.Prediction, tensor(new[] { 0L }));

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names().Take(isSequence ? 3 : 2), Is.EqualTo(isSequence
                ? new[]
                {
                    "Reshape(3 x 4) + 2 planes",
                    "Convolution(3, kernel 1, stride 1, padding 0)",
                    "Residual(Convolution(3, kernel 3, stride 1, padding 1), Relu)",
                }
                : ["Linear(12)", "Residual(Linear(12), Relu)"]));
            Assert.That(difference.abs().max().item<float>(), Is.GreaterThan(1e-3));
        });
    }

    [Test]
    public void Layers_that_keep_channels_apart_get_the_label_with_the_row()
    {
        NetworkPlan plan = Network.Compose(layers => layers.Sequence(4, 3).Linear(6, lastAxis: true)
            .PerStep(step => step.Residual(inner => inner.Linear(3))))
            .Plan(12, 3, 3, endInSigmoid: false, conditionSize: 2);

        Assert.That(plan.Encoder.Names()[..3], Is.EqualTo(new[]
        {
            "Reshape(3 x 4) + 2 planes", "Convolution(3, kernel 1, stride 1, padding 0)", "Linear(6, last axis)",
        }));
    }

    [Test]
    public void A_target_of_other_channels_is_given_by_the_last_convolution()
    {
        NetworkPlan plan = Network.Temporal([4]).Plan(21, 3, 3, endInSigmoid: true, outputSize: 14,
            sequence: new SequenceFormat(7, 3));

        Assert.That(plan.Decoder.Names()[^3..], Is.EqualTo(new[]
            { "TransposedConvolution(2, kernel 7, stride 2, padding 3)", "Flatten", "Sigmoid" }));
    }

    [Test]
    public void A_target_that_is_no_number_for_each_step_is_refused() =>
        Assert.That(() => Network.Temporal([4]).Plan(21, 3, 3, endInSigmoid: false, outputSize: 15,
            sequence: new SequenceFormat(7, 3)), Throws.TypeOf<NetworkException>().With.Message.EqualTo(
            "Network.Temporal gives sequences of as many steps as it takes, 7, and 15 numbers per row are not a " +
            "whole number for each. Network.Compose with a custom decoder, or Network.Dense, gives any."));

    [Test]
    public void Rows_that_nothing_describes_are_refused() =>
        Assert.That(() => Network.Temporal().Plan(140, 3), Throws.TypeOf<NetworkException>().With.Message.EqualTo(
            "it takes sequences, and nothing specifies the steps of a row. Give the column two dimensions, steps x " +
            "channels, or set Sequence, for example Sequence = new SequenceFormat(steps: 140) where there is one " +
            "number per step."));

    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case("no filters", () => Network.Temporal([]),
            "Network.Temporal: filters is empty; it must name the filters of at least one convolution. (Parameter " +
            "'filters')");
        yield return Case("a filter of nothing", () => Network.Temporal([4, 0]),
            "Network.Temporal: filters is 0; it must be at least 1. (Parameter 'filters')");
        yield return Case("too many that skip", () => Network.Temporal([.. Enumerable.Repeat(2, 17)], dilated: true),
            "Network.Temporal: filters is a list of 17; dilated is true, and the last of more than 16 convolutions " +
            "would skip too many steps. (Parameter 'filters')");
        yield return Case("no gaps", () => Network.Compose(layers => layers.CausalConvolution(2, dilation: 0)),
            "CausalConvolution: dilation is 0; it must be at least 1. (Parameter 'dilation')");
        yield return Case("no kernel", () => Network.Temporal(kernel: 0),
            "Network.Temporal: kernel is 0; it must be at least 1. (Parameter 'kernel')");
        yield return Case("an unknown function", () => Network.Temporal(activation: (Activation)99),
            "Network.Temporal: activation is 99; it must be one of Relu, LeakyRelu, Elu, Gelu, Silu, Tanh, Sigmoid. " +
            "(Parameter 'activation')");
        yield return Case("no steps", () => _ = new SequenceFormat(0),
            "SequenceFormat: steps is 0; it must be at least 1. (Parameter 'steps')");
        yield return Case("no channels", () => _ = new SequenceFormat(4, 0),
            "SequenceFormat: channels is 0; it must be at least 1. (Parameter 'channels')");
        yield return Case("too long", () => _ = new SequenceFormat(1 << 20, 1 << 20),
            "SequenceFormat: steps is 1048576, with 1048576 channels; a sequence can have at most 536,870,897 " +
            "numbers. (Parameter 'steps')");

        static TestCaseData Case(string name, Action call, string message) =>
            new TestCaseData(call, message).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Mistakes))]
    public void What_cannot_be_is_refused(Action call, string message) =>
        Assert.That(call, Throws.InstanceOf<ArgumentException>().With.Message.EqualTo(message));

    [Test]
    public void Networks_of_the_same_layers_are_equal()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Network.Temporal(), Is.EqualTo(Network.Temporal([32, 16])));
            Assert.That(Network.Temporal(), Is.Not.EqualTo(Network.Temporal([16, 32])));
            Assert.That(Network.Temporal(), Is.Not.EqualTo(Network.Temporal(kernel: 5)));
            Assert.That(Network.Temporal(), Is.Not.EqualTo(Network.Temporal(batchNorm: true)));
            Assert.That(Network.Temporal(), Is.Not.EqualTo(Network.Temporal(dilated: true)));
            Assert.That(new SequenceFormat(6, 2), Is.Not.EqualTo(new SequenceFormat(2, 6)));
            Assert.That(new SequenceFormat(6, 2).ToString(), Is.EqualTo("6 x 2 (steps x channels)"));
        });
    }

    private static NetworkPlan Plan(Network network, int steps, int channels, int labels = 0) =>
        network.Plan(steps * channels, 3, 3, endInSigmoid: false, conditionSize: labels,
            sequence: new SequenceFormat(steps, channels));

    private static BoundNetwork Weights(NetworkPlan plan)
    {
        using var random = new Generator(1);
        return BoundNetwork.Initialize(plan, random, CPU);
    }
}
