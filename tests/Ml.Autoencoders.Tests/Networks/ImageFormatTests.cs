using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

internal sealed class ImageFormatTests : TensorTests
{
    /// <summary>A picture of 2 x 2 colors: red 1 to 4, green 11 to 14, blue 21 to 24.</summary>
    private static readonly float[] Planar = [1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24];

    private static readonly float[] Interleaved = [1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24];

    [Test]
    public void A_picture_is_gray_and_planar_unless_told() =>
        Assert.That(new ImageFormat(5, 7), Is.EqualTo(new ImageFormat(5, 7, 1, PixelOrder.Planar)));

    [Test]
    public void Dimensions_stand_in_the_order_of_the_numbers()
    {
        Assert.That(new ImageFormat(5, 7, 3).Dimensions, Is.EqualTo(new[] { 3, 5, 7 }));
        Assert.That(new ImageFormat(5, 7, 3, PixelOrder.Interleaved).Dimensions, Is.EqualTo(new[] { 5, 7, 3 }));
    }

    [TestCase(PixelOrder.Planar)]
    [TestCase(PixelOrder.Interleaved)]
    public void The_network_sees_planar_pictures(PixelOrder order) =>
        Assert.That(new ImageFormat(5, 7, 3, order).Shape, Is.EqualTo(Shape.Image(3, 5, 7)));

    [Test]
    public void It_says_what_it_is_in_a_phrase()
    {
        Assert.That(new ImageFormat(5, 7, 3).ToString(), Is.EqualTo("3 x 5 x 7 (planar: channels x height x width)"));
        Assert.That(new ImageFormat(5, 7, 3, PixelOrder.Interleaved).ToString(),
            Is.EqualTo("5 x 7 x 3 (interleaved: height x width x channels)"));
    }

    [Test]
    public void Pixels_are_taken_apart_into_channels_and_put_together_again()
    {
        var format = new ImageFormat(2, 2, 3, PixelOrder.Interleaved);

        Assert.That(format.ToPlanar(Table(Interleaved)).Floats(), Is.EqualTo(Planar));
        Assert.That(format.FromPlanar(Table(Planar)).Floats(), Is.EqualTo(Interleaved));
    }

    [Test]
    public void Rows_of_a_batch_stay_apart()
    {
        var format = new ImageFormat(2, 2, 3, PixelOrder.Interleaved);
        float[] doubled = [.. Interleaved.Select(number => 2 * number)];

        Tensor planar = format.ToPlanar(Table(Interleaved, doubled));

        Assert.That(planar.shape, Is.EqualTo(new long[] { 2, 12 }));
        Assert.That(planar.Floats(), Is.EqualTo(Planar.Concat(Planar.Select(number => 2 * number))));
    }

    [TestCase(PixelOrder.Planar)]
    [TestCase(PixelOrder.Interleaved)]
    public void There_and_back_is_where_one_began(PixelOrder order)
    {
        var format = new ImageFormat(3, 5, 4, order);
        Tensor rows = Uniform([6, 60]);

        Assert.That(format.FromPlanar(format.ToPlanar(rows)).Floats(), Is.EqualTo(rows.Floats()));
    }

    [Test]
    public void Planar_pictures_are_left_alone()
    {
        Tensor rows = Table(Planar);

        Assert.That(new ImageFormat(2, 2, 3).ToPlanar(rows).Floats(), Is.EqualTo(Planar));
        Assert.That(new ImageFormat(2, 2, 3).FromPlanar(rows).Floats(), Is.EqualTo(Planar));
    }

    [TestCase(0, 1, 1, 0, "height is 0; it must be at least 1. (Parameter 'height')")]
    [TestCase(1, -1, 1, 0, "width is -1; it must be at least 1. (Parameter 'width')")]
    [TestCase(1, 1, 0, 0, "channels is 0; it must be at least 1. (Parameter 'channels')")]
    [TestCase(1, 1, 1, 2, "order is 2; it must be one of Planar, Interleaved. (Parameter 'order')")]
    public void What_is_no_picture_is_refused(int height, int width, int channels, int order, string message) =>
        Assert.That(() => new ImageFormat(height, width, channels, (PixelOrder)order),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo($"ImageFormat: {message}"));
}
