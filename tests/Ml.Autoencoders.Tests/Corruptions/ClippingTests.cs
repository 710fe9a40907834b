using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Corruptions;

internal sealed class ClippingTests : TensorTests
{
    [Test]
    public void Slots_are_held_between_0_and_1_where_nothing_else_is_said() =>
        Assert.That(Clipped(Corruption.Clip(), -0.5f, 0, 0.25f, 1, 7), Is.EqualTo(new[] { 0f, 0, 0.25f, 1, 1 }));

    [Test]
    public void Slots_are_held_between_the_bounds() =>
        Assert.That(Clipped(Corruption.Clip(-2, 0.5f), -3, -1, 0.5f, 0.75f), Is.EqualTo(new[] { -2f, -1, 0.5f, 0.5f }));

    [Test]
    public void Equal_bounds_leave_one_number() =>
        Assert.That(Clipped(Corruption.Clip(3, 3), -1, 3, 5), Is.EqualTo(new[] { 3f, 3, 3 }));

    [TestCase(float.NaN, 1f, "min is NaN; it must be a finite number. (Parameter 'min')")]
    [TestCase(float.NegativeInfinity, 1f, "min is -Infinity; it must be a finite number. (Parameter 'min')")]
    [TestCase(0f, float.PositiveInfinity, "max is Infinity; it must be a finite number. (Parameter 'max')")]
    [TestCase(0.5f, 0.25f, "max is 0.25; it must be at least min, which is 0.5. (Parameter 'max')")]
    public void Bounds_that_are_none_are_refused(float least, float greatest, string message) =>
        Assert.That(() => Corruption.Clip(least, greatest),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo($"Corruption.Clip: {message}"));

    private static float[] Clipped(Corruption clip, params float[] row)
    {
        using var random = new Generator(1);
        return clip.Apply(Table(row), random).Floats();
    }
}
