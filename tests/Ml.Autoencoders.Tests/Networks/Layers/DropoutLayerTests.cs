using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

internal sealed class DropoutLayerTests : TensorTests
{
    private const int Count = 200_000;

    [TestCase(0.2f)]
    [TestCase(0.75f)]
    public void Training_drops_the_given_share_and_scales_the_rest_up(float rate)
    {
        Tensor input = Uniform([Count / 100, 100], 1, 2);
        using var random = new Generator(2);

        Tensor output = new DropoutLayer(rate).Forward(input, [], ForwardMode.Training(random));

        double[] ratios = (output / input).Doubles();
        Assert.Multiple(() =>
        {
            // Five standard errors.
            Assert.That(ratios.Count(ratio => ratio == 0) / (double)Count,
                Is.EqualTo(rate).Within(5 * Math.Sqrt(rate * (1 - rate) / Count)));
            Assert.That(ratios.Where(ratio => ratio != 0), Has.All.EqualTo(1 / (1 - rate)).Within(1e-5));
        });
    }

    [Test]
    public void Prediction_leaves_everything() =>
        Assert.That(new DropoutLayer(0.5f).Forward(Table([1, -2, 3]), [], ForwardMode.Prediction).Floats(),
            Is.EqualTo(new[] { 1f, -2, 3 }));

    [Test]
    public void A_rate_of_0_drops_nothing()
    {
        using var random = new Generator(2);

        Assert.That(new DropoutLayer(0).Forward(Table([1, -2, 3]), [], ForwardMode.Training(random)).Floats(),
            Is.EqualTo(new[] { 1f, -2, 3 }));
    }

    [Test]
    public void Gradients_pass_only_through_what_is_kept()
    {
        Tensor input = ones(1, 100).requires_grad_();
        using var random = new Generator(2);

        Tensor output = new DropoutLayer(0.5f).Forward(input, [], ForwardMode.Training(random));
        output.sum().backward();

        Assert.That(input.grad!.Floats(), Is.EqualTo(output.Floats()));
    }
}
