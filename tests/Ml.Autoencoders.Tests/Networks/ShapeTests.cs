using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Tests.Networks;

internal sealed class ShapeTests
{
    [Test]
    public void A_vector_has_one_size()
    {
        Shape shape = Shape.Vector(784);

        Assert.Multiple(() =>
        {
            Assert.That(shape.Dimensions, Is.EqualTo(new[] { 784 }));
            Assert.That(shape.Count, Is.EqualTo(784));
            Assert.That((shape.IsVector, shape.IsImage), Is.EqualTo((true, false)));
            Assert.That(shape.WithBatch(), Is.EqualTo(new long[] { -1, 784 }));
            Assert.That(shape.ToString(), Is.EqualTo("784"));
        });
    }

    [Test]
    public void An_image_has_three_channels_first()
    {
        Shape shape = Shape.Image(3, 5, 7);

        Assert.Multiple(() =>
        {
            Assert.That(shape.Dimensions, Is.EqualTo(new[] { 3, 5, 7 }));
            Assert.That(shape.Count, Is.EqualTo(105));
            Assert.That((shape.IsVector, shape.IsImage), Is.EqualTo((false, true)));
            Assert.That(shape.WithBatch(), Is.EqualTo(new long[] { -1, 3, 5, 7 }));
            Assert.That(shape.ToString(), Is.EqualTo("3 x 5 x 7"));
        });
    }

    [Test]
    public void A_sequence_has_its_channels_before_its_steps()
    {
        Shape shape = Shape.Sequence(8, 60);

        Assert.Multiple(() =>
        {
            Assert.That(shape.Dimensions, Is.EqualTo(new[] { 8, 60 }));
            Assert.That((shape.IsVector, shape.IsSequence, shape.IsImage), Is.EqualTo((false, true, false)));
            Assert.That(shape.Axes.ToArray(), Is.EqualTo(new[] { 60 }));
            Assert.That(shape.ToString(), Is.EqualTo("8 x 60"));
        });
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(4, true)]
    [TestCase(8, true)]
    [TestCase(9, false)]
    public void A_shape_is_of_any_rank_that_torch_takes(int rank, bool canBe) =>
        Assert.That(new Shape([.. Enumerable.Repeat(2, rank)]).Fault, canBe ? Is.Null : Is.Not.Null);

    [Test]
    public void Shapes_with_the_same_sizes_are_equal()
    {
        Shape one = Shape.Image(1, 2, 3);
        Shape other = Shape.Image(1, 2, 3);
        Assert.Multiple(() =>
        {
            Assert.That(one, Is.EqualTo(other));
            Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
            Assert.That(one, Is.Not.EqualTo(Shape.Image(1, 3, 2)));
            Assert.That(Shape.Image(1, 1, 6), Is.Not.EqualTo(Shape.Vector(6)));
            Assert.That(Shape.Vector(6).Equals(null), Is.False);
        });
    }

    [Test]
    public void A_count_is_not_cut_to_32_bits() =>
        Assert.That(Shape.Image(1000, 3000, 3000).Count, Is.EqualTo(9_000_000_000));
}
