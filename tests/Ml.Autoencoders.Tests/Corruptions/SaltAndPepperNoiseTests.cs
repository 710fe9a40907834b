using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Corruptions;

internal sealed class SaltAndPepperNoiseTests : TensorTests
{
    private const int Count = 400;
    private const int Size = 500;

    [TestCase(0.1f, 0f, 1f)]
    [TestCase(0.6f, -3f, 2.5f)]
    public void Half_of_the_hits_are_salt_and_half_pepper_and_the_rest_stays(float probability,
        float pepper, float salt)
    {
        Tensor rows = Uniform([Count, Size], 0.1, 0.9);
        using var random = new Generator(2);

        Tensor corrupted = Corruption.SaltAndPepper(probability, pepper, salt).Apply(rows, random);

        Tensor isSalt = corrupted == salt;
        Tensor isPepper = corrupted == pepper;
        double half = probability / 2;
        double margin = 5 * Math.Sqrt(half * (1 - half) / (Count * Size));
        Assert.Multiple(() =>
        {
            Assert.That(isSalt.to(ScalarType.Float64).mean().item<double>(), Is.EqualTo(half).Within(margin));
            Assert.That(isPepper.to(ScalarType.Float64).mean().item<double>(), Is.EqualTo(half).Within(margin));
            Assert.That((isSalt | isPepper | (corrupted == rows)).all().item<bool>(), Is.True);
        });
    }

    [Test]
    public void With_probability_0_every_slot_stays()
    {
        using var random = new Generator(2);

        Assert.That(Corruption.SaltAndPepper(0).Apply(Table([0.2f, 0.3f]), random).Floats(),
            Is.EqualTo(new[] { 0.2f, 0.3f }));
    }

    [Test]
    public void With_probability_1_no_slot_stays()
    {
        using var random = new Generator(2);

        float[] corrupted = Corruption.SaltAndPepper(1, -1, 2).Apply(full([100, 100], 0.5), random).Floats();

        Assert.That(corrupted.Distinct(), Is.EquivalentTo(new[] { -1f, 2 }));
    }

    [TestCase(-0.1f, 0f, 1f,
        "Corruption.SaltAndPepper: probability is -0.1; it must be at least 0. (Parameter 'probability')")]
    [TestCase(1.5f, 0f, 1f,
        "Corruption.SaltAndPepper: probability is 1.5; it must be at most 1. (Parameter 'probability')")]
    [TestCase(float.NaN, 0f, 1f,
        "Corruption.SaltAndPepper: probability is NaN; it must be a finite number. (Parameter 'probability')")]
    [TestCase(0.5f, float.NaN, 1f,
        "Corruption.SaltAndPepper: pepper is NaN; it must be a finite number. (Parameter 'pepper')")]
    [TestCase(0.5f, float.NegativeInfinity, 1f,
        "Corruption.SaltAndPepper: pepper is -Infinity; it must be a finite number. (Parameter 'pepper')")]
    [TestCase(0.5f, 0f, float.PositiveInfinity,
        "Corruption.SaltAndPepper: salt is Infinity; it must be a finite number. (Parameter 'salt')")]
    [TestCase(0.5f, 0.5f, 0.25f, "Corruption.SaltAndPepper: salt is 0.25; it must be at least 0.5. (Parameter 'salt')")]
    public void Parameters_out_of_their_range_are_refused(float probability, float pepper, float salt,
        string message) =>
        Assert.That(() => Corruption.SaltAndPepper(probability, pepper, salt),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));
}
