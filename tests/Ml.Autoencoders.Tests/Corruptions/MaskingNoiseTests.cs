using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Corruptions;

internal sealed class MaskingNoiseTests : TensorTests
{
    private const int Count = 400;
    private const int Size = 500;

    [TestCase(0.1f)]
    [TestCase(0.5f)]
    [TestCase(0.8f)]
    public void Masking_zeroes_the_given_share_of_slots_and_leaves_the_others(float probability)
    {
        Tensor rows = Uniform([Count, Size], 0.1, 0.9);
        using var random = new Generator(2);

        Tensor masked = Corruption.Masking(probability).Apply(rows, random);

        Tensor hit = masked == 0;
        double share = hit.to(ScalarType.Float64).mean().item<double>();
        Assert.Multiple(() =>
        {
            // Five standard errors.
            Assert.That(share, Is.EqualTo(probability)
                .Within(5 * Math.Sqrt(probability * (1 - probability) / (Count * Size))));
            Assert.That((hit | (masked == rows)).all().item<bool>(), Is.True);
        });
    }

    [Test]
    public void Each_slot_is_drawn_by_itself()
    {
        using var random = new Generator(2);

        Tensor hit = (Corruption.Masking(0.5f).Apply(ones(Count, Size), random) == 0).to(ScalarType.Float64);

        // A draw a row or a slot for the whole batch would give shares of 0 and 1.
        Assert.Multiple(() =>
        {
            Assert.That(hit.mean([1]).Doubles(), Has.All.InRange(0.38, 0.62));
            Assert.That(hit.mean([0]).Doubles(), Has.All.InRange(0.36, 0.64));
        });
    }

    [TestCase(0f, new[] { 1f, -2, 3 })]
    [TestCase(1f, new[] { 0f, 0, 0 })]
    public void At_the_ends_nothing_or_everything_is_masked(float probability, float[] expected)
    {
        using var random = new Generator(2);

        Assert.That(Corruption.Masking(probability).Apply(Table([1, -2, 3]), random).Floats(), Is.EqualTo(expected));
    }

    [TestCase(-0.1f, "-0.1; it must be at least 0.")]
    [TestCase(1.5f, "1.5; it must be at most 1.")]
    [TestCase(float.NaN, "NaN; it must be a finite number.")]
    [TestCase(float.PositiveInfinity, "Infinity; it must be a finite number.")]
    public void A_probability_outside_0_and_1_is_refused(float probability, string fault) =>
        Assert.That(() => Corruption.Masking(probability),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            $"Corruption.Masking: probability is {fault} (Parameter 'probability')"));
}
