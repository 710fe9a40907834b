using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Generation;

namespace Ml.Autoencoders.Tests.Generation;

/// <summary>Codes moved along a direction, by hand.</summary>
internal sealed class CodeMoveTests
{
    [TestCase(1, new[] { 3f, 1, -1 })]
    [TestCase(-1, new[] { -1f, 3, 1 })]
    [TestCase(0.25, new[] { 1.5f, 1.75f, -0.25f })]
    [TestCase(0, new[] { 1f, 2, 0 })]
    public void A_part_of_the_direction_is_added(double amount, float[] expected) =>
        Assert.That(CodeMove.Along([1, 2, 0], [2, -1, -1], amount, CodeSpace.Flat), Is.EqualTo(expected));

    [TestCase(1, 0.8f, 0.6f)]
    [TestCase(-1, 0.8f, -0.6f)]
    [TestCase(0, 1, 0)]
    public void On_the_sphere_the_sum_is_put_back(double amount, float x, float y) =>
        Assert.That(CodeMove.Along([1, 0], [0, 0.75f], amount, CodeSpace.Sphere),
            Is.EqualTo(new[] { x, y }).Within(1e-7));

    [Test]
    public void A_sum_of_nothing_has_no_place_on_the_sphere()
    {
        Assert.That(() => CodeMove.Along([1, 0], [-0.5f, 0], 2, CodeSpace.Sphere), Throws.ArgumentException
            .With.Message.EqualTo("The code moved by 2 of the direction is 0, which has no place on the sphere that " +
                "codes lie on. Choose another amount."));
        Assert.That(CodeMove.Along([1, 0], [-0.5f, 0], 2, CodeSpace.Flat), Is.EqualTo(new float[] { 0, 0 }));
    }

    [Test]
    public void Steps_are_even_and_include_both_ends()
    {
        float[] code = [1, 2];
        float[][] steps = CodeMove.Steps(code, [4, 0], 5, -1, 1, CodeSpace.Flat);
        Assert.That(steps, Is.EqualTo(new float[][] { [-3, 2], [-1, 2], [1, 2], [3, 2], [5, 2] }));
        steps[2][0] = 99;
        Assert.That(code, Is.EqualTo(new float[] { 1, 2 }));
    }

    [Test]
    public void A_mean_is_that_of_all_rows()
    {
        var mean = new MeanCode(2);
        mean.Add([1, 3], "with");
        mean.Add([2, -3], "with");
        mean.Add([6, 3], "with");
        Assert.That(mean.Mean("with"), Is.EqualTo(new double[] { 3, 1 }));
    }
}
