using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

internal sealed class LayerNormLayerTests : TensorTests
{
    [Test]
    public void Each_row_is_normalized_then_scaled_and_shifted_number_by_number()
    {
        // Mean 2 and variance 2; a constant row stays at its bias.
        Tensor rows = Table([0, 2, 2, 4], [7, 7, 7, 7]);
        Tensor[] parameters = [tensor(new[] { 1f, 1, 1, 10 }), tensor(new[] { 0f, 1, 2, 3 })];

        double[] output = new LayerNormLayer().Forward(rows, parameters, ForwardMode.Prediction).Doubles();

        double unit = 2 / Math.Sqrt(2 + 1e-5);
        Assert.That(output, Is.EqualTo(new[] { -unit, 1, 2, 3 + 10 * unit, 0, 1, 2, 3 }).Within(1e-5));
    }

    [Test]
    public void An_image_is_normalized_over_all_its_numbers()
    {
        var layer = new LayerNormLayer();
        Shape shape = Shape.Image(2, 3, 4);

        Tensor output = layer.Forward(Uniform([5, 2, 3, 4], -2, 6), [ones(2, 3, 4), zeros(2, 3, 4)],
            ForwardMode.Prediction);

        Assert.Multiple(() =>
        {
            Assert.That(layer.OutputShape(shape), Is.EqualTo(shape));
            Assert.That(layer.Parameters(shape).Select(spec => spec.Shape), Has.All.EqualTo(new long[] { 2, 3, 4 }));
            Assert.That(output.mean([1, 2, 3]).Doubles(), Has.All.Zero.Within(1e-5));
            Assert.That(output.square().mean([1, 2, 3]).Doubles(), Has.All.EqualTo(1).Within(1e-4));
        });
    }
}
