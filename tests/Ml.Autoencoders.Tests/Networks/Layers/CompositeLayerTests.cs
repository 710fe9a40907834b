using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

/// <summary>Layers that are made of others.</summary>
internal sealed class CompositeLayerTests : TensorTests
{
    [Test]
    public void A_residual_adds_what_its_layers_give()
    {
        var layer = new ResidualLayer([new LinearLayer(2), new ActivationLayer(Activation.Relu)]);
        Tensor[] parameters = [tensor(new float[] { 1, 2, -1, 0 }, [2, 2]), tensor(new float[] { 0, 1 })];

        Tensor output = layer.Forward(Table([3, 4], [-5, 1]), parameters, ForwardMode.Prediction);

        // 3 + relu(11), 4 + relu(-2); -5 + relu(-3), 1 + relu(6).
        Assert.That(output.Floats(), Is.EqualTo(new float[] { 14, 4, -5, 7 }));
    }

    [Test]
    public void Each_step_passes_through_the_same_layers()
    {
        var layer = new PerStepLayer([new LinearLayer(1), new ActivationLayer(Activation.Relu)]);
        Tensor[] parameters = [tensor(new float[] { 1, -1 }, [1, 2]), tensor(new float[] { 2 })];

        // Two channels at three steps, of one row.
        Tensor output = layer.Forward(tensor(new float[] { 1, 2, 3, 0, 5, 1 }, [1, 2, 3]), parameters,
            ForwardMode.Prediction);

        Assert.Multiple(() =>
        {
            Assert.That(layer.OutputShape(Shape.Sequence(2, 3)), Is.EqualTo(Shape.Sequence(1, 3)));
            Assert.That(output.shape, Is.EqualTo(new long[] { 1, 1, 3 }));
            Assert.That(output.Floats(), Is.EqualTo(new float[] { 3, 0, 4 }));
        });
    }

    [Test]
    public void Normalization_of_each_step_is_over_its_channels()
    {
        var layer = new PerStepLayer([new LayerNormLayer()]);
        Tensor input = Uniform([4, 3, 5], -2, 6);

        Tensor output = layer.Forward(input, [ones(3), zeros(3)], ForwardMode.Prediction);

        Assert.That(output.mean([1]).Doubles(), Has.All.Zero.Within(1e-5));
    }

    [Test]
    public void Linear_and_normalization_act_on_the_last_axis_where_asked()
    {
        Tensor input = Uniform([4, 3, 5], -2, 6), weight = Uniform([2, 5], seed: 2), bias = Uniform([2], seed: 3);
        var linear = new LinearLayer(2) { LastAxis = true };
        var norm = new LayerNormLayer { LastAxis = true };

        Tensor output = linear.Forward(input, [weight, bias], ForwardMode.Prediction);

        Assert.Multiple(() =>
        {
            Assert.That(linear.OutputShape(Shape.Sequence(3, 5)), Is.EqualTo(Shape.Sequence(3, 2)));
            Assert.That(linear.Mirror(Shape.Sequence(3, 5)), Is.EqualTo(new LinearLayer(5) { LastAxis = true }));
            Assert.That(output.Doubles(), Is.EqualTo((input.matmul(weight.t()) + bias).Doubles()).Within(1e-5));
            Assert.That(norm.Parameters(Shape.Image(2, 3, 5)).Select(spec => spec.Shape),
                Has.All.EqualTo(new long[] { 5 }));
            Assert.That(norm.Forward(input, [ones(5), zeros(5)], ForwardMode.Prediction).mean([2]).Doubles(),
                Has.All.Zero.Within(1e-5));
        });
    }

    [Test]
    public void Tensors_have_the_names_that_PyTorch_gives_those_of_a_Sequential_in_another()
    {
        NetworkPlan plan = Network.Compose(layers => layers.Sequence(4, 3)
            .PerStep(step => step.Linear(5).Residual(inner => inner.Relu().Linear(5)))).Plan(12, 2);

        Assert.That(plan.Encoder.Parameters("encoder").Select(spec => spec.Name), Is.EqualTo(new[]
        {
            "encoder.1.0.weight", "encoder.1.0.bias", "encoder.1.1.1.weight", "encoder.1.1.1.bias",
            "encoder.3.weight", "encoder.3.bias",
        }));
    }

    [Test]
    public void The_mirror_of_a_layer_of_others_is_made_of_their_mirrors_with_what_decorates_them()
    {
        NetworkPlan plan = Network.Compose(layers => layers.Sequence(4, 3).PerStep(step => step.Linear(5).Relu())
            .Residual(inner => inner.Tanh().Linear(4, lastAxis: true)).Flatten().Linear(8).Gelu()).Plan(12, 2);

        Assert.That(plan.Decoder.Names(), Is.EqualTo(new[]
        {
            "Linear(8)", "Gelu", "Linear(20)", "Reshape(5 x 4)", "Residual(Linear(4, last axis), Tanh)",
            "PerStep(Relu, Linear(3))", "Flatten",
        }));
    }

    [Test]
    public void Layers_of_others_that_join_nothing_decorate()
    {
        NetworkPlan plan = Network.Compose(layers => layers.Linear(8).Residual(inner => inner.LayerNorm().Tanh()))
            .Plan(12, 2);

        Assert.That(plan.Decoder.Names(), Is.EqualTo(new[] { "Linear(8)", "Residual(LayerNorm, Tanh)", "Linear(12)" }));
    }

    [Test]
    public void A_sigmoid_of_each_step_at_the_end_is_that_of_the_row()
    {
        NetworkPlan plan = Network.Compose(layers => layers.Linear(8),
            layers => layers.Linear(12).Sequence(4, 3).PerStep(step => step.Linear(3).Sigmoid()))
            .Plan(12, 2, endInSigmoid: true);

        Assert.That(plan.Decoder.Names()[2..], Is.EqualTo(new[] { "PerStep(Linear(3))", "Flatten", "Sigmoid" }));
    }

    [Test]
    public void A_layer_of_none_is_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Network.Compose(layers => layers.Residual(_ => { })), Throws.ArgumentException
                .With.Message.EqualTo("Residual: it is made of 0 layers; it must be at least 1, and at most 10,000."));
            Assert.That(() => Network.Compose(layers => layers.PerStep(null!)), Throws.ArgumentNullException
                .With.Message.EqualTo("PerStep: layers is null. (Parameter 'layers')"));
        });
    }

    [Test]
    public void A_batch_is_needed_where_a_layer_in_a_layer_needs_one()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Network.Compose(l => l.Residual(inner => inner.BatchNorm())).Plan(12, 2).NormalizesBatches);
            Assert.That(Network.Compose(l => l.Residual(inner => inner.LayerNorm())).Plan(12, 2).NormalizesBatches,
                Is.False);
        });
    }
}
