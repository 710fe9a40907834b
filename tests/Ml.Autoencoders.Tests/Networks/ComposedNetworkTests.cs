using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Tests.Networks;

internal sealed class ComposedNetworkTests
{
    [Test]
    public void A_layer_to_the_code_and_one_to_the_input_are_added_where_they_lack()
    {
        NetworkPlan plan = Network.Compose(l => l.Linear(8).Gelu(), l => l.Linear(9).Tanh()).Plan(12, 3);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names(), Is.EqualTo(new[] { "Linear(8)", "Gelu", "Linear(3)" }));
            Assert.That(plan.Decoder.Names(), Is.EqualTo(new[] { "Linear(9)", "Tanh", "Linear(12)" }));
        });
    }

    [Test]
    public void Nothing_is_added_to_layers_that_end_in_the_right_sizes()
    {
        NetworkPlan plan = Network.Compose(l => l.Linear(8).Gelu().Linear(3),
            l => l.Linear(8).Linear(12).Sigmoid()).Plan(12, 3);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names(), Is.EqualTo(new[] { "Linear(8)", "Gelu", "Linear(3)" }));
            Assert.That(plan.Decoder.Names(), Is.EqualTo(new[] { "Linear(8)", "Linear(12)", "Sigmoid" }));
        });
    }

    [Test]
    public void An_image_that_holds_as_many_numbers_as_the_code_is_flattened_and_kept()
    {
        NetworkPlan plan = Network.Compose(
            l => l.Reshape(1, 4, 4).Convolution(1), l => l.Reshape(1, 2, 2).TransposedConvolution(1)).Plan(16, 4);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names(),
                Is.EqualTo(new[] { "Reshape(1 x 4 x 4)", "Convolution(1, kernel 3, stride 2, padding 1)", "Flatten" }));
            Assert.That(plan.Decoder.Names(),
                Is.EqualTo(new[]
                {
                    "Reshape(1 x 2 x 2)",
                    "TransposedConvolution(1, kernel 3, stride 2, padding 1)",
                    "Flatten",
                }));
        });
    }

    [Test]
    public void A_sigmoid_of_ones_own_is_not_doubled()
    {
        NetworkPlan plan = Network.Compose(l => l.Linear(3), l => l.Linear(12).Sigmoid())
            .Plan(12, 3, endInSigmoid: true);

        Assert.That(plan.Decoder.Names(), Is.EqualTo(new[] { "Linear(12)", "Sigmoid" }));
    }

    [Test]
    public void A_sigmoid_of_ones_own_on_an_image_moves_behind_the_flattening()
    {
        NetworkPlan plan = Network.Compose(
            l => l.Reshape(1, 4, 4).Convolution(1), l =>
            l.Reshape(1, 2, 2).TransposedConvolution(1).Sigmoid()).Plan(16, 4, endInSigmoid: true);

        Assert.That(plan.Decoder.Names(), Is.EqualTo(new[]
            { "Reshape(1 x 2 x 2)", "TransposedConvolution(1, kernel 3, stride 2, padding 1)", "Flatten", "Sigmoid" }));
    }

    [Test]
    public void A_sigmoid_of_ones_own_before_the_layer_to_the_input_stays_there()
    {
        NetworkPlan plan = Network.Compose(l => l.Linear(3), l => l.Linear(9).Sigmoid())
            .Plan(12, 3, endInSigmoid: true);

        Assert.That(plan.Decoder.Names(), Is.EqualTo(new[] { "Linear(9)", "Sigmoid", "Linear(12)", "Sigmoid" }));
    }

    [Test]
    public void A_sigmoid_is_added_where_it_is_asked_for_and_lacks()
    {
        NetworkPlan plan = Network.Compose(l => l.Linear(3), l => l.Linear(12)).Plan(12, 3, endInSigmoid: true);

        Assert.That(plan.Decoder.Names(), Is.EqualTo(new[] { "Linear(12)", "Sigmoid" }));
    }

    [Test]
    public void No_layers_at_all_give_a_linear_autoencoder_also_where_the_code_is_as_long_as_the_row()
    {
        NetworkPlan plan = Network.Compose(_ => { }).Plan(12, 12);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names(), Is.EqualTo(new[] { "Linear(12)" }));
            Assert.That(plan.Decoder.Names(), Is.EqualTo(new[] { "Linear(12)" }));
        });
    }

    [Test]
    public void A_mirrored_decoder_decorates_the_same_places_and_neither_code_nor_output()
    {
        NetworkPlan plan = Network.Compose(l => l.Dropout(0.25f).Linear(8).LayerNorm().Gelu().Linear(5).Tanh().Linear(3)
            .Relu()).Plan(12, 3);

        Assert.That(plan.Decoder.Names(), Is.EqualTo(new[]
            { "Linear(5)", "Tanh", "Linear(8)", "LayerNorm", "Gelu", "Linear(12)" }));
    }

    [Test]
    public void What_decorates_a_reshaped_input_does_not_decorate_the_output()
    {
        NetworkPlan plan = Network.Compose(l => l.Reshape(1, 4, 4).Dropout(0.25f).Convolution(2).Relu()).Plan(16, 3);

        Assert.That(plan.Decoder.Names(), Is.EqualTo(new[]
            {
                "Linear(8)",
                "Reshape(2 x 2 x 2)",
                "Relu",
                "TransposedConvolution(1, kernel 3, stride 2, padding 1)",
                "Flatten",
            }));
    }

    [Test]
    public void What_decorates_a_code_before_it_is_flattened_does_not_decorate_it_again()
    {
        NetworkPlan plan = Network.Compose(l => l.Reshape(1, 4, 4).Convolution(1).Tanh().Flatten()).Plan(16, 4);

        Assert.That(plan.Decoder.Names(), Is.EqualTo(new[]
            { "Reshape(1 x 2 x 2)", "TransposedConvolution(1, kernel 3, stride 2, padding 1)", "Flatten" }));
    }

    [Test]
    public void A_transposed_convolution_is_mirrored_by_a_convolution()
    {
        NetworkPlan plan = Network.Compose(l => l.Reshape(2, 3, 3).TransposedConvolution(4, outputPadding: 0))
            .Plan(18, 3);

        Assert.That(plan.Decoder.Names()[^3..], Is.EqualTo(new[]
            { "Reshape(4 x 5 x 5)", "Convolution(2, kernel 3, stride 2, padding 1)", "Flatten" }));
    }

    [Test, Combinatorial]
    public void A_mirrored_convolution_leads_back_to_the_size_of_the_input(
        [Range(1, 5)] int kernel, [Range(1, 4)] int stride, [Range(0, 3)] int padding)
    {
        var layer = new ConvolutionLayer(3, kernel, stride, padding);
        int least = Math.Max(1, kernel - 2 * padding);
        for (int size = least; size < least + 9; size++)
        {
            Shape input = Shape.Image(2, size, size + 1);

            Shape back = layer.Mirror(input).OutputShape(layer.OutputShape(input));

            Assert.That(back, Is.EqualTo(input));
        }
    }

    private static IEnumerable<TestCaseData> Misfits()
    {
        yield return Case("linear on an image", l => l.Reshape(1, 3, 4).Linear(5),
            "Linear(5) takes a vector, and gets 1 x 3 x 4: put Flatten() before it.");
        yield return Case("convolution on a vector", l => l.Convolution(4),
            "Convolution(4, kernel 3, stride 2, padding 1) takes an image (channels x height x width) or a sequence " +
            "(channels x steps), and gets 12: put Reshape(...) or Sequence(...) before it.");
        yield return Case("transposed convolution on a vector", l => l.TransposedConvolution(4),
            "TransposedConvolution(4, kernel 3, stride 2, padding 1) takes an image (channels x height x width) or a " +
            "sequence (channels x steps), and gets 12: put Reshape(...) or Sequence(...) before it.");
        yield return Case("kernel above the sequence", l => l.Sequence(3, 4).Convolution(4, kernel: 4, padding: 0),
            "Convolution(4, kernel 4, stride 2, padding 0) leaves nothing of a sequence of 4 x 3.");
        yield return Case("a kernel for two axes on one",
            l => l.Sequence(3, 4).ConvolutionPerAxis(4, [3, 1], [2, 2], [1, 1]),
            "Convolution(4, kernel 3 x 1, stride 2, padding 1) has numbers for 2 axes, and gets a sequence of 4 x 3.");
        yield return Case("steps of a picture", l => l.Reshape(1, 3, 4).PerStep(step => step.Linear(2)),
            "PerStep(Linear(2)) takes a sequence (channels x steps), and gets 1 x 3 x 4: put Sequence(...) before it.");
        yield return Case("steps that become pictures", l => l.Sequence(3, 4).PerStep(step => step.Reshape(1, 2, 2)),
            "PerStep(Reshape(1 x 2 x 2)) turns a step into 1 x 2 x 2; it must give a vector.");
        yield return Case("a residual that is of another size", l => l.Residual(inner => inner.Linear(5).Relu()),
            "Residual(Linear(5), Relu) adds what it takes to what its layers give, and these turn 12 into 5; both " +
            "must be the same.");
        yield return Case("a linear layer on a sequence", l => l.Sequence(3, 4).Linear(5),
            "Linear(5) takes a vector, and gets 4 x 3: put Flatten() before it.");
        yield return Case("kernel above the image", l => l.Reshape(1, 3, 4).Convolution(4, kernel: 4, padding: 0),
            "Convolution(4, kernel 4, stride 2, padding 0) leaves nothing of an image of 1 x 3 x 4.");
        yield return Case("everything cut off",
            l => l.Reshape(12, 1, 1).TransposedConvolution(4, kernel: 1, outputPadding: 1),
            "TransposedConvolution(4, kernel 1, stride 2, padding 1) leaves nothing of an image of 12 x 1 x 1.");
        yield return Case("another number of pixels", l => l.Reshape(1, 3, 3),
            "Reshape(1 x 3 x 3) takes 9 numbers per row, and gets 12 (12).");

        static TestCaseData Case(string name, Action<LayerList> encoder, string message) =>
            new TestCaseData(encoder, message).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Misfits))]
    public void Layers_that_do_not_fit_each_other_are_refused(Action<LayerList> encoder, string message) =>
        Assert.That(() => Network.Compose(encoder).Plan(12, 3),
            Throws.TypeOf<NetworkException>().With.Message.EqualTo(message));
}
