using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

/// <summary>Layers that make the steps of each segment of what a conductor gives for it.</summary>
internal sealed class PerSegmentLayerTests : TensorTests
{
    private const int Channels = 4;
    private const int Segments = 3;

    private static readonly Shape Input = Shape.Sequence(Channels, Segments);

    private static IEnumerable<TestCaseData> Inner()
    {
        Layer[][] all =
        [
            [new FeedbackLayer(RecurrentCell.Lstm, [3, 2], 5, 2, 0)],
            [new FeedbackLayer(RecurrentCell.Gru, [3], 5, 2, 0) { GivesLogOdds = true }],
            [new UnfoldingLayer(RecurrentCell.Gru, 3, 5), new RecurrentLayer(RecurrentCell.Lstm, 4),
                new PerStepLayer([new LinearLayer(2)])],
        ];
        return all.Select(layers => new TestCaseData((object)layers).SetArgDisplayNames(
            string.Join<Layer>(", ", layers)));
    }

    [TestCaseSource(nameof(Inner))]
    public void Each_segment_is_what_the_layers_make_of_its_vector(object layers)
    {
        var layer = new PerSegmentLayer((Layer[])layers);
        Tensor input = Uniform([2, Channels, Segments], -2, 2, seed: 3);
        Tensor[] weights = Weights(layer);

        Tensor output = layer.Forward(input, weights, ForwardMode.Prediction);

        Assert.That(layer.OutputShape(Input), Is.EqualTo(Shape.Sequence(2, 15)));
        Assert.That(output.shape, Is.EqualTo(new long[] { 2, 2, 15 }));
        Tensor expected = cat([.. Enumerable.Range(0, Segments).Select(segment =>
            Alone(layer, input.select(2, segment), weights, ForwardMode.Prediction))], 2);
        Assert.That(output.Floats(), Is.EqualTo(expected.Floats()).Within(1e-6));
    }

    [TestCaseSource(nameof(Inner))]
    public void In_training_each_is_told_its_part_of_the_row(object layers)
    {
        var layer = new PerSegmentLayer((Layer[])layers);
        Tensor input = Uniform([2, Channels, Segments], -2, 2, seed: 3).requires_grad_();
        Tensor[] weights = [.. Weights(layer).Select(weight => weight.requires_grad_())];
        bool isOfClasses = layer.Layers[0] is FeedbackLayer { GivesLogOdds: true };
        Tensor target = isOfClasses ? Uniform([2, 15], 0, 3, seed: 4).floor() : Uniform([2, 30], seed: 4);
        using Generator random = new(1);
        ForwardMode mode = ForwardMode.Training(random);

        Tensor output = layer.Forward(input, weights, mode.Telling<TorchArray>(target));

        long size = target.shape[1] / Segments;
        Tensor expected = cat([.. Enumerable.Range(0, Segments).Select(segment =>
            Alone(layer, input.select(2, segment), weights,
                mode.Telling<TorchArray>(target.narrow(1, segment * size, size))))], 2);
        Assert.That(output.Floats(), Is.EqualTo(expected.Floats()).Within(1e-6));
        Tensor slopes = Uniform(output.shape, -1, 1, seed: 5);
        IList<Tensor> found = autograd.grad([(output * slopes).sum()], [input, .. weights]);
        IList<Tensor> known = autograd.grad([(expected * slopes).sum()], [input, .. weights]);
        Assert.That(found.Zip(known, (x, y) => (x - y).abs().max().item<float>()), Has.All.LessThan(1e-5));
        Assert.That(found.Select(gradient => gradient.abs().max().item<float>()), Has.All.GreaterThan(0));
    }

    [Test]
    public void Where_classes_are_drawn_each_has_its_part_of_the_noise()
    {
        var layer = new PerSegmentLayer([new FeedbackLayer(RecurrentCell.Gru, [3], 5, 2, 0) { GivesLogOdds = true }]);
        Tensor input = Uniform([2, Channels, Segments], -2, 2, seed: 3), noise = Uniform([2, 30], -3, 3, seed: 4);
        Tensor[] weights = Weights(layer);

        Tensor output = layer.Forward(input, weights, ForwardMode.Prediction.Drawing<TorchArray>(noise));

        Assert.That(layer.FeedsBack, Is.True);
        Tensor expected = cat([.. Enumerable.Range(0, Segments).Select(segment =>
            Alone(layer, input.select(2, segment), weights,
                ForwardMode.Prediction.Drawing<TorchArray>(noise.narrow(1, segment * 10, 10))))], 2);
        Assert.That(output.Floats(), Is.EqualTo(expected.Floats()).Within(1e-6));
    }

    // One unit: h' = (tanh(x) + h) / 2 of a GRU whose gates are 0, from h = 0 at the beginning of each segment.
    [Test]
    public void Segments_by_hand()
    {
        var layer = new PerSegmentLayer([new UnfoldingLayer(RecurrentCell.Gru, 1, 2)]);
        Tensor[] weights = [.. layer.Parameters(Shape.Sequence(1, 2)).Select(spec => zeros(spec.Shape))];
        weights[0][2, 0] = 1;
        double first = Math.Tanh(0.5) / 2, other = Math.Tanh(-1) / 2;

        float[] output = layer.Forward(tensor(new[] { 0.5f, -1 }, [1, 1, 2]), weights, ForwardMode.Prediction).Floats();

        Assert.That(output, Is.EqualTo(new[] { first, 1.5 * first, other, 1.5 * other }).Within(1e-6));
    }

    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case(Shape.Vector(4), [new UnfoldingLayer(RecurrentCell.Gru, 3, 5)],
            "PerSegment(Unfold(5 steps, Gru(3))) takes a sequence (channels x segments), and gets 4.");
        yield return Case(Input, [new LinearLayer(3)],
            "PerSegment(Linear(3)) makes 3 of a segment; it must make a sequence.");
        yield return Case(Shape.Sequence(1, 1 << 20), [new UnfoldingLayer(RecurrentCell.Gru, 1 << 8, 1)],
            "PerSegment(Unfold(1 steps, Gru(256))) needs 805,306,368 numbers for 1,048,576 segments; at most " +
            "536,870,897 are possible.");
        yield return Case(Shape.Sequence(1, 1 << 29), [new UnfoldingLayer(RecurrentCell.Gru, 1, 1 << 27)],
            "PerSegment(Unfold(134217728 steps, Gru(1))) needs 216,172,782,113,783,808 numbers for 536,870,912 " +
            "segments; at most 536,870,897 are possible.");

        static TestCaseData Case(Shape input, Layer[] layers, string message) =>
            new TestCaseData(input, layers, message).SetArgDisplayNames(message);
    }

    [TestCaseSource(nameof(Mistakes))]
    public void What_cannot_be_is_refused(object input, object layers, string message) =>
        Assert.That(() => new PerSegmentLayer((Layer[])layers).OutputShape((Shape)input),
            Throws.TypeOf<NetworkException>().With.Message.EqualTo(message));

    private static Tensor[] Weights(PerSegmentLayer layer) => [.. layer.Parameters(Input)
        .Select((spec, i) => Uniform(spec.Shape, -1, 1, seed: (ulong)i + 10))];

    /// <summary>What the layers make of a vector.</summary>
    private static Tensor Alone(PerSegmentLayer layer, Tensor vector, Tensor[] weights, ForwardMode mode)
    {
        int used = 0;
        foreach (Layer each in layer.Layers)
        {
            vector = each.Forward(vector, weights[used..(used + each.ParameterCount)], mode);
            used += each.ParameterCount;
        }
        return vector;
    }
}
