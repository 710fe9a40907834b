using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

internal sealed class ReshapeLayerTests : TensorTests
{
    [Test]
    public void A_row_becomes_an_image_channel_by_channel_and_line_by_line()
    {
        Tensor image = new ReshapeLayer(Shape.Image(2, 1, 3))
            .Forward(Table([1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]), [], ForwardMode.Prediction);

        Assert.Multiple(() =>
        {
            Assert.That(image.shape, Is.EqualTo(new long[] { 2, 2, 1, 3 }));
            Assert.That(image[1, 0, 0].Floats(), Is.EqualTo(new[] { 7f, 8, 9 }));
        });
    }

    [Test]
    public void Flattening_undoes_it()
    {
        Tensor rows = Uniform([3, 12]);

        Tensor flat = new ReshapeLayer(null).Forward(rows.reshape(3, 2, 3, 2), [], ForwardMode.Prediction);

        Assert.Multiple(() =>
        {
            Assert.That(flat.shape, Is.EqualTo(rows.shape));
            Assert.That(flat.Floats(), Is.EqualTo(rows.Floats()));
        });
    }

    [Test]
    public void Each_mirrors_into_the_other()
    {
        Assert.Multiple(() =>
        {
            Assert.That(new ReshapeLayer(Shape.Image(2, 1, 3)).Mirror(Shape.Vector(6)),
                Is.EqualTo(new ReshapeLayer(null)));
            Assert.That(new ReshapeLayer(null).Mirror(Shape.Image(2, 1, 3)),
                Is.EqualTo(new ReshapeLayer(Shape.Image(2, 1, 3))));
        });
    }
}
