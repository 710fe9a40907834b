using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

/// <summary>Which layers of an encoder are hidden.</summary>
internal sealed class HiddenLayerTests : TensorTests
{
    private static IEnumerable<TestCaseData> Stacks()
    {
        TestCaseData Case(string name, Network network, string hidden) =>
            new TestCaseData(network, hidden).SetArgDisplayNames(name);

        yield return Case("dense", Network.Dense(8, 4), "1: 8, 3: 4");
        yield return Case("normalized", Network.Dense([8], Activation.Gelu, batchNorm: true), "2: 8");
        yield return Case("linear", Network.Dense(), "");
        yield return Case("convolutional", Network.Convolutional(3, 4, 1, [5, 6]), "2: 5 x 2 x 2, 4: 6 x 1 x 1");
        yield return Case("without an activation", Network.Compose(layers => layers.Linear(8).LayerNorm()), "");
        yield return Case("an activation that gives the code",
            Network.Compose(layers => layers.Linear(8).Relu().Linear(3).Tanh().Dropout(0.1f)), "1: 8");
        yield return Case("the code reshaped",
            Network.Compose(layers => layers.Linear(3).Tanh().Reshape(1, 3, 1)), "");
        yield return Case("an activation of the row",
            Network.Compose(layers => layers.Tanh().Linear(5)), "0: 12");
        yield return Case("one after the other",
            Network.Compose(layers => layers.Linear(8).Relu().Tanh()), "1: 8, 2: 8");
        yield return Case("composites", Network.Compose(layers => layers.Sequence(4, 3)
            .PerStep(step => step.Linear(5).Gelu().Linear(5).Tanh()).PerStep(step => step.Linear(2))
            .Residual(inner => inner.Convolution(2, 3, 1, 1).Relu().Convolution(2, 3, 1, 1))), "1: 5 x 4, 3: 2 x 4");
        yield return Case("a composite that gives the code", Network.Compose(layers => layers.Linear(3)
            .Residual(inner => inner.Linear(6).Relu().Linear(3))), "");
    }

    [TestCaseSource(nameof(Stacks))]
    public void Each_nonlinear_layer_before_the_code_is_hidden(Network network, string hidden) =>
        Assert.That(string.Join(", ", network.Plan(12, 3).Encoder.Hidden
            .Select(layer => $"{layer.Index}: {layer.Shape}")), Is.EqualTo(hidden));

    [Test]
    public void A_column_of_them_has_at_most_as_many_numbers_as_an_array_and_labels_are_not_among_them()
    {
        var one = new LayerStack(Shape.Vector(290_000_000), [new ActivationLayer(Activation.Relu), new LinearLayer(1)]);
        var two = new LayerStack(one.InputShape, [one.Layers[0], .. one.Layers]);
        var decoder = new LayerStack(Shape.Vector(1), []);
        Assert.Multiple(() =>
        {
            Assert.That(new NetworkPlan(one, decoder).HiddenFault(besideRow: false), Is.Null);
            Assert.That(new NetworkPlan(one, decoder, ConditionSize: 50_000_000).HiddenFault(besideRow: true), Is.Null);
            Assert.That(new NetworkPlan(one, decoder).HiddenFault(besideRow: true), Is.EqualTo(
                "row and hidden activations are 580,000,000 numbers; at most 536,870,897 are possible."));
            Assert.That(new NetworkPlan(two, decoder).HiddenFault(besideRow: false), Is.EqualTo(
                "hidden activations are 580,000,000 numbers; at most 536,870,897 are possible."));
        });
    }

    [Test]
    public void Their_sizes_are_those_of_vectors_and_of_pooled_maps()
    {
        LayerStack encoder = Network.Compose(layers => layers.Reshape(2, 9, 3).Convolution(5, 3, 1, 1).Relu()
            .Flatten().Linear(7).Relu()).Plan(54, 3).Encoder;
        Assert.That(encoder.Hidden.Select(layer => layer.Size), Is.EqualTo(new[] { 5 * 4 * 3, 7 }));
        Assert.That(encoder.HiddenSize, Is.EqualTo(67));
    }

    [Test]
    public void Labels_of_a_condition_change_none_of_them()
    {
        Network network = Network.Convolutional(3, 4, 1, [5]);
        LayerStack encoder = network.Plan(12, 3, 3, endInSigmoid: false, conditionSize: 2).Encoder;
        Assert.That(encoder.Hidden.Select(layer => layer.Shape), Is.EqualTo(new[] { Shape.Image(5, 2, 2) }));
    }

    /// <summary>Layers that torch computes together are passed together.</summary>
    [Test]
    public void Torch_collects_what_the_layers_give_one_by_one()
    {
        NetworkPlan plan = Network.Compose(layers => layers.Linear(12).Reshape(3, 2, 2).Tanh()
            .Convolution(4, 3, 1, 1).Relu().Flatten().Linear(6).Gelu()).Plan(10, 3);
        using Generator random = new(1);
        using BoundNetwork network = BoundNetwork.Initialize(plan, random, CPU);
        Tensor rows = Uniform([5, 10]);
        var fused = new HiddenOutputs<TorchArray>(plan.Encoder);
        var single = new HiddenOutputs<TorchArray>(plan.Encoder);

        Tensor code = network.EncodeWhole(rows, ForwardMode.Prediction, fused);
        Tensor other = plan.Encoder.Apply<TorchArray>(rows, NetworkPlan.EncoderName, network.Find, single);

        Assert.That(code.Floats(), Is.EqualTo(other.Floats()).Within(1e-6));
        Assert.That(fused.SideBySide().Tensor.shape, Is.EqualTo(new long[] { 5, 12 + 16 + 6 }));
        Assert.That(fused.SideBySide().Tensor.Floats(), Is.EqualTo(single.SideBySide().Tensor.Floats()).Within(1e-6));
        Assert.That(code.Floats(), Is.EqualTo(network.EncodeWhole(rows, ForwardMode.Prediction).Floats()));
    }
}
