using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

internal sealed class LinearLayerTests : TensorTests
{
    [Test]
    public void Each_output_is_a_weighted_sum_and_a_bias()
    {
        Tensor weight = Table([1, 2], [3, 4], [5, 6]);
        Tensor bias = tensor(new[] { 0.5f, 0, -1 });

        Tensor output = new LinearLayer(3).Forward(Table([1, -1], [2, 0]), [weight, bias], ForwardMode.Prediction);

        Assert.Multiple(() =>
        {
            Assert.That(output.shape, Is.EqualTo(new long[] { 2, 3 }));
            Assert.That(output.Floats(), Is.EqualTo(new[] { -0.5f, -1, -2, 2.5f, 6, 9 }));
        });
    }

    [Test]
    public void It_takes_a_vector_and_gives_one_and_mirrors_into_the_other_direction()
    {
        var layer = new LinearLayer(3);

        Assert.Multiple(() =>
        {
            Assert.That(layer.OutputShape(Shape.Vector(5)), Is.EqualTo(Shape.Vector(3)));
            Assert.That(layer.Mirror(Shape.Vector(5)), Is.EqualTo(new LinearLayer(5)));
            Assert.That(layer.Parameters(Shape.Vector(5)).Select(spec => spec.Shape),
                Is.EqualTo(new long[][] { [3, 5], [3] }));
        });
    }
}
