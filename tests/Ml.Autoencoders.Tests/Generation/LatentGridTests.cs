using Ml.Autoencoders.Generation;

namespace Ml.Autoencoders.Tests.Generation;

internal sealed class LatentGridTests
{
    private static readonly float[][] ReadingOrder = [[-1, 5], [0, 5], [1, 5], [-1, 2], [0, 2], [1, 2]];

    [Test]
    public void Codes_come_in_reading_order_with_y_upwards() =>
        Assert.That(LatentGrid.Plane([-1, 0, 1], [2, 5], 2, 0, 1), Is.EqualTo(ReadingOrder));

    [Test]
    public void The_order_of_the_values_does_not_matter() =>
        Assert.That(LatentGrid.Plane([1, -1, 0], [5, 2], 2, 0, 1), Is.EqualTo(ReadingOrder));

    [Test]
    public void The_other_dimensions_are_0() =>
        Assert.That(LatentGrid.Plane([3], [4, 9], 4, 2, 0), Is.EqualTo(new float[][] { [9, 0, 3, 0], [4, 0, 3, 0] }));

    [TestCase(-1, 1, "xDimension", "-1; it must be at least 0.")]
    [TestCase(3, 1, "xDimension", "3; it must be at most 2.")]
    [TestCase(1, -1, "yDimension", "-1; it must be at least 0.")]
    [TestCase(1, 3, "yDimension", "3; it must be at most 2.")]
    public void A_dimension_that_a_code_has_not_is_refused(int x, int y, string name, string fault) =>
        Assert.That(() => LatentGrid.Plane([0], [0], 3, x, y), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo($"LatentGrid: {name} is {fault} (Parameter '{name}')"));

    [Test]
    public void A_plane_has_two_dimensions() =>
        Assert.That(() => LatentGrid.Plane([0], [0], 3, 1, 1), Throws.ArgumentException
            .With.Message.EqualTo("LatentGrid: both dimensions are 1; a plane needs two. (Parameter 'yDimension')"));
}
