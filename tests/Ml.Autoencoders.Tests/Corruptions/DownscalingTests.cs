using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Corruptions;

internal sealed class DownscalingTests : TensorTests
{
    [Test]
    public void A_new_pixel_is_the_mean_of_the_old_ones_in_each_channel()
    {
        Tensor rows = Table(
            [1, 3, 0, 0, 5, 7, 4, 0, /* */ 10, 10, 1, 2, 10, 10, 3, 4],
            [0, 0, 0, 0, 0, 0, 0, 8, /* */ -4, 0, 0, 0, 0, 0, 0, 0]);
        using var random = new Generator(1);

        Tensor small = Corruption.Downscale(2).Apply(rows, Shape.Image(2, 2, 4), random);

        Assert.That(small.shape, Is.EqualTo(new long[] { 2, 4 }));
        Assert.That(small.Floats(), Is.EqualTo(new[] { 4f, 1, 10, 2.5f, 0, 2, -1, 0 }));
    }

    [Test]
    public void A_factor_of_3_takes_the_mean_of_9()
    {
        Tensor rows = Table([.. Enumerable.Range(0, 18).Select(i => (float)i)]);

        // Rows of 0 to 5, 6 to 11 and 12 to 17.
        Assert.That(Corruption.Downscale(3).Reduce(rows, Shape.Image(1, 3, 6)).Floats(),
            Is.EqualTo(new[] { 7f, 10 }).Within(1e-5));
    }

    [Test]
    public void It_is_done_in_prediction_as_in_training()
    {
        Tensor rows = Uniform([5, 2 * 4 * 6]);
        var shape = Shape.Image(2, 4, 6);
        using var random = new Generator(1);

        Assert.That(Corruption.Downscale(2).Reduce(rows, shape).Floats(),
            Is.EqualTo(Corruption.Downscale(2).Apply(rows, shape, random).Floats()));
    }

    [Test]
    public void What_it_leaves_has_as_many_channels() =>
        Assert.That(Corruption.Downscale(3).Leaves(Shape.Image(4, 6, 15)), Is.EqualTo(Shape.Image(4, 2, 5)));

    [TestCase(6, 8)]
    [TestCase(8, 6)]
    [TestCase(2, 2)]
    public void Pictures_that_are_not_a_whole_multiple_are_refused(int height, int width) =>
        Assert.That(() => Corruption.Downscale(4).Leaves(Shape.Image(1, height, width)),
            Throws.TypeOf<NetworkException>().With.Message.EqualTo(
            $"Corruption.Downscale has factor 4, and pictures of {height} x {width} pixels are not a whole " +
            "multiple of it."));

    [TestCase(1)]
    [TestCase(0)]
    [TestCase(-2)]
    public void A_factor_below_2_is_refused(int factor) =>
        Assert.That(() => Corruption.Downscale(factor),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            $"Corruption.Downscale: factor is {factor}; it must be at least 2. (Parameter 'factor')"));
}
