using Ml.Autoencoders.Generation;

namespace Ml.Autoencoders.Tests.Generation;

internal sealed class TraversalsTests
{
    [Test]
    public void Each_dimension_moves_evenly_while_the_others_stay() =>
        Assert.That(Traversals.Along([7, 8], 5, -2, 2), Is.EqualTo(new float[][][]
        {
            [[-2, 8], [-1, 8], [0, 8], [1, 8], [2, 8]],
            [[7, -2], [7, -1], [7, 0], [7, 1], [7, 2]],
        }));

    [Test]
    public void It_may_go_down() =>
        Assert.That(Traversals.Along([0], 2, 3, -1), Is.EqualTo(new float[][][] { [[3], [-1]] }));

    [Test]
    public void Both_ends_are_exact()
    {
        float[][] moved = Traversals.Along([0], 12, 0.1f, -1 / 3f)[0];

        Assert.Multiple(() =>
        {
            Assert.That(moved[0][0], Is.EqualTo(0.1f));
            Assert.That(moved[^1][0], Is.EqualTo(-1 / 3f));
        });
    }

    [Test]
    public void The_code_stays_as_it_is()
    {
        float[] code = [7, 8];

        Traversals.Along(code, 3, 0, 1)[0][1][1] = 99;

        Assert.That(code, Is.EqualTo(new[] { 7f, 8 }));
    }

    [TestCase(1)]
    [TestCase(-1)]
    public void A_traversal_has_two_ends(int steps) =>
        Assert.That(() => Traversals.Along([1], steps, 0, 1), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo($"Traverse: steps is {steps}; it must be at least 2. (Parameter 'steps')"));

    [TestCase(float.NaN, 1, "from", "NaN")]
    [TestCase(0, float.PositiveInfinity, "to", "Infinity")]
    public void Ends_are_finite(float from, float to, string name, string shown) =>
        Assert.That(() => Traversals.Along([1], 3, from, to), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo($"Traverse: {name} is {shown}; it must be a finite number. (Parameter '{name}')"));

    [Test]
    public void A_code_is_there() => Assert.That(() => Traversals.Along(null!, 3, 0, 1), Throws.ArgumentNullException);
}
