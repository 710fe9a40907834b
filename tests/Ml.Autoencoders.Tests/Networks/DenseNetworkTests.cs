using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Tests.Networks;

internal sealed class DenseNetworkTests
{
    [Test]
    public void The_decoder_mirrors_the_encoder_and_neither_code_nor_output_has_an_activation()
    {
        NetworkPlan plan = Network.Dense(128, 64).Plan(784, 10);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names(),
                Is.EqualTo(new[] { "Linear(128)", "Relu", "Linear(64)", "Relu", "Linear(10)" }));
            Assert.That(plan.Decoder.Names(),
                Is.EqualTo(new[] { "Linear(64)", "Relu", "Linear(128)", "Relu", "Linear(784)" }));
        });
    }

    [Test]
    public void Without_hidden_layers_it_is_linear()
    {
        NetworkPlan plan = Network.Dense().Plan(12, 3);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names(), Is.EqualTo(new[] { "Linear(3)" }));
            Assert.That(plan.Decoder.Names(), Is.EqualTo(new[] { "Linear(12)" }));
        });
    }

    [Test]
    public void Batch_normalization_stands_before_each_activation_and_nowhere_else()
    {
        NetworkPlan plan = Network.Dense([128, 64], Activation.Gelu, batchNorm: true).Plan(784, 10);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names(), Is.EqualTo(new[]
                { "Linear(128)", "BatchNorm", "Gelu", "Linear(64)", "BatchNorm", "Gelu", "Linear(10)" }));
            Assert.That(plan.Decoder.Names(), Is.EqualTo(new[]
                { "Linear(64)", "BatchNorm", "Gelu", "Linear(128)", "BatchNorm", "Gelu", "Linear(784)" }));
            Assert.That(plan.NormalizesBatches, Is.True);
        });
    }

    [Test]
    public void A_sigmoid_ends_the_decoder_where_it_is_asked_for()
    {
        NetworkPlan plan = Network.Dense(8).Plan(12, 3, endInSigmoid: true);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Decoder.Names(), Is.EqualTo(new[] { "Linear(8)", "Relu", "Linear(12)", "Sigmoid" }));
            Assert.That(plan.Encoder.Names(), Has.None.EqualTo("Sigmoid"));
            Assert.That(plan.NormalizesBatches, Is.False);
        });
    }

    [Test]
    public void Sizes_are_those_of_the_column_and_of_the_code()
    {
        NetworkPlan plan = Network.Dense(8).Plan(inputSize: 12, encoderOutputs: 6, codeSize: 3, endInSigmoid: false);

        Assert.Multiple(() =>
        {
            Assert.That((plan.InputSize, plan.CodeSize), Is.EqualTo((12, 3)));
            Assert.That(plan.Encoder.OutputShape, Is.EqualTo(Shape.Vector(6)));
            Assert.That(plan.Decoder.InputShape, Is.EqualTo(Shape.Vector(3)));
            Assert.That(plan.Decoder.OutputShape, Is.EqualTo(Shape.Vector(12)));
        });
    }

    [Test]
    public void A_layer_too_large_to_be_saved_is_refused() =>
        Assert.That(() => Network.Dense(1 << 24).Plan(100, 3).RequireBuildable(),
            Throws.TypeOf<NetworkException>().With.Message.EqualTo(
            "its 'encoder.0.weight' would hold 1,677,721,600 numbers, more than the 536,870,897 that a tensor can be " +
            "saved with."));

    [Test]
    public void A_layer_that_can_be_saved_is_not_refused() =>
        Assert.That(() => Network.Dense(1 << 24).Plan(12, 3).RequireBuildable(), Throws.Nothing);
}
