using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Persistence;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

/// <summary>Rows of numbers of classes as one-hot sequences.</summary>
internal sealed class TokenLayerTests : TensorTests
{
    private static readonly float[] Row = [2, 0, 1, 3];

    /// <summary>Channel by channel: that of class 0 first.</summary>
    private static readonly float[] Sequence =
    [
        0, 1, 0, 0,
        0, 0, 1, 0,
        1, 0, 0, 0,
        0, 0, 0, 1,
    ];

    [Test]
    public void The_channel_of_a_step_s_class_is_1() => Assert.Multiple(() =>
    {
        Assert.That(Torch(new TokenLayer(4, 3), Row), Is.EqualTo(Sequence));
        Assert.That(Managed(new TokenLayer(4, 3), Row), Is.EqualTo(Sequence));
    });

    [TestCase(float.NaN, 0)]
    [TestCase(float.PositiveInfinity, 0)]
    [TestCase(float.NegativeInfinity, 0)]
    [TestCase(-1f, 0)]
    [TestCase(-0.5f, 0)]
    [TestCase(-0f, 0)]
    [TestCase(0.99f, 0)]
    [TestCase(2.99f, 2)]
    [TestCase(3f, 3)]
    [TestCase(3.01f, 0)]
    [TestCase(1e30f, 0)]
    public void What_is_not_a_class_is_class_0(float token, int known)
    {
        float[] expected = [.. Enumerable.Range(0, 4).Select(channel => channel == known ? 1f : 0)];
        Assert.That(Torch(new TokenLayer(1, 3), [token]), Is.EqualTo(expected));
        Assert.That(Managed(new TokenLayer(1, 3), [token]), Is.EqualTo(expected));
    }

    [Test]
    public void A_label_is_a_channel_at_all_steps()
    {
        Layer layer = new TokenLayer(4, 3).WithLabels(2);
        float[] expected = [.. Sequence, 0, 0, 0, 0, 1, 1, 1, 1];
        Assert.Multiple(() =>
        {
            Assert.That(Torch(layer, [.. Row, 0, 1]), Is.EqualTo(expected));
            Assert.That(Managed((TokenLayer)layer, Row, 1), Is.EqualTo(expected));
            Assert.That(ModelJson.FromJson<Layer[]>(ModelJson.ToJson<Layer[]>([layer]), "model"),
                Is.EqualTo(new[] { layer }));
            Assert.That(layer.ToString(), Is.EqualTo("Tokens(4 steps, 3 classes) + 2 planes"));
        });
    }

    [Test]
    public void No_gradient_passes()
    {
        Tensor rows = tensor(Row, [1, 4]).requires_grad_();
        using Generator random = new(1);

        Tensor sequence = new TokenLayer(4, 3).Forward(rows, [], ForwardMode.Training(random));

        Assert.That(sequence.requires_grad, Is.False);
    }

    [Test]
    public void It_makes_a_sequence_of_a_row_and_its_mirror_gives_a_number_for_each_class()
    {
        NetworkPlan plan = Network.Compose(layers => layers.Tokens(8, 3).Convolution(5).Relu())
            .Plan(8, 2, 2, endInSigmoid: false, outputSize: 24, conditionSize: 2);
        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Opened, Is.EqualTo(Shape.Sequence(4, 8)));
            Assert.That(plan.Sequence, Is.Null);
            Assert.That(plan.Encoder.Names(), Is.EqualTo(new[]
            {
                "Tokens(8 steps, 3 classes) + 2 planes", "Convolution(5, kernel 3, stride 2, padding 1)", "Relu",
                "Flatten", "Linear(2)",
            }));
            Assert.That(plan.Decoder.Names(), Is.EqualTo(new[]
            {
                "Linear(20)", "Reshape(5 x 4)", "Relu",
                "TransposedConvolution(4, kernel 3, stride 2, padding 1)", "PerStep(Linear(3))",
                "Flatten",
            }));
        });
    }

    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case(() => Network.Compose(layers => layers.Tokens(0, 3)),
            "Tokens: steps is 0; it must be at least 1. (Parameter 'steps')");
        yield return Case(() => Network.Compose(layers => layers.Tokens(4, 0)),
            "Tokens: classes is 0; it must be at least 1. (Parameter 'classes')");
        yield return Case(() => Network.Compose(layers => layers.Tokens(1 << 20, 512)),
            "Tokens: classes is 512; it must be at most 510. (Parameter 'classes')");
        yield return Case(() => Network.Compose(layers => layers.Tokens(4, 1 << 25)),
            "Tokens: classes is 33554432; it must be at most 16777216. (Parameter 'classes')");
        yield return Case(() => Network.Compose(layers => layers.Tokens(4, 3)).Plan(5, 2),
            "Tokens(4 steps, 3 classes) takes a vector of 4 numbers per row, and gets 5.");

        static TestCaseData Case(Action call, string message) => new TestCaseData(call, message).SetArgDisplayNames(
            message);
    }

    [TestCaseSource(nameof(Mistakes))]
    public void What_cannot_be_is_refused(Action call, string message) =>
        Assert.That(call, Throws.Exception.With.Message.EqualTo(message));

    private static float[] Torch(Layer layer, float[] row) =>
        layer.Forward(tensor(row, [1, row.Length]), [], ForwardMode.Prediction).Floats();

    private static float[] Managed(TokenLayer layer, float[] row, params long[] labels)
    {
        var planes = new TokenPlanes(layer.Steps, layer.Classes, layer.Labels);
        var stepByStep = new float[planes.Stride];
        planes.Run(new BlockRows(row, row.Length), 1, labels, stepByStep);
        int channels = planes.Stride / layer.Steps;
        return [.. from channel in Enumerable.Range(0, channels)
                   from step in Enumerable.Range(0, layer.Steps)
                   select stepByStep[step * channels + channel]];
    }
}
