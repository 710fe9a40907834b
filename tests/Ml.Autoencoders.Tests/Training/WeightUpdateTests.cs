using Ml.Autoencoders.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

internal sealed class WeightUpdateTests : TensorTests
{
    [Test]
    public void A_longer_gradient_is_scaled_down_over_all_weights_together()
    {
        Parameter[] weights = [new(zeros(2)), new(zeros(1))];
        using var update = new WeightUpdate(weights, Options(new() { GradientClipNorm = 0.5f }), CPU);

        // The gradient (3, 0; 4) has length 5.
        update.Apply(Loss(weights), 0.1);

        Assert.Multiple(() =>
        {
            Assert.That(weights[0].grad!.Doubles(), Is.EqualTo(new[] { 0.3, 0 }).Within(1e-5));
            Assert.That(weights[1].grad!.Doubles(), Is.EqualTo(new[] { 0.4 }).Within(1e-5));
        });
    }

    [TestCase(10f)]
    [TestCase(null)]
    public void A_shorter_gradient_stays(float? norm)
    {
        Parameter[] weights = [new(zeros(2)), new(zeros(1))];
        using var update = new WeightUpdate(weights, Options(new() { GradientClipNorm = norm }), CPU);

        update.Apply(Loss(weights), 0.1);

        Assert.Multiple(() =>
        {
            Assert.That(weights[0].grad!.Floats(), Is.EqualTo(new[] { 3f, 0 }));
            Assert.That(weights[1].grad!.Floats(), Is.EqualTo(new[] { 4f }));
        });
    }

    [Test]
    public void Gradients_do_not_add_up_over_steps_and_weights_go_downhill()
    {
        Parameter[] weights = [new(zeros(2)), new(zeros(1))];
        using var update = new WeightUpdate(weights, Options(new()), CPU);

        update.Apply(Loss(weights), 0.1);
        update.Apply(Loss(weights), 0.1);

        Assert.Multiple(() =>
        {
            Assert.That(weights[1].grad!.Floats(), Is.EqualTo(new[] { 4f }));
            Assert.That(weights[0].Doubles(), Is.EqualTo(new[] { -0.2, 0 }).Within(1e-5));
        });
    }

    [Test]
    public void Gradients_die_with_the_update()
    {
        Parameter[] weights = [new(zeros(2)), new(zeros(1))];

        using (var update = new WeightUpdate(weights, Options(new()), CPU))
            update.Apply(Loss(weights), 0.1);

        Assert.That(weights.Select(weight => weight.grad), Has.All.Null);
    }

    private static Tensor Loss(Parameter[] weights) => 3 * weights[0][0] + 4 * weights[1].sum();

    private static TrainingOptions Options(TrainingOptions options) => options.Completed(Defaults.Standard);
}
