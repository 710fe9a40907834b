using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Corruptions;

internal sealed class GaussianNoiseTests : TensorTests
{
    private const int Count = 200_000;

    [TestCase(0.5f, 0f)]
    [TestCase(2f, -0.75f)]
    public void Noise_has_the_given_mean_and_deviation_and_the_normal_share_within_one(float deviation, float mean)
    {
        Tensor rows = Uniform([Count / 100, 100]);
        using var random = new Generator(2);

        double[] noise = (Corruption.Gaussian(deviation, mean).Apply(rows, random) - rows).Doubles();

        // Margins of five standard errors.
        double found = noise.Average();
        double spread = Math.Sqrt(noise.Average(x => (x - found) * (x - found)));
        double within = noise.Count(x => Math.Abs(x - mean) < deviation) / (double)Count;
        Assert.Multiple(() =>
        {
            Assert.That(found, Is.EqualTo(mean).Within(5 * deviation / Math.Sqrt(Count)));
            Assert.That(spread, Is.EqualTo(deviation).Within(5 * deviation / Math.Sqrt(2.0 * Count)));
            Assert.That(within, Is.EqualTo(0.682689).Within(5 * Math.Sqrt(0.683 * 0.317 / Count)));
        });
    }

    [Test]
    public void No_deviation_shifts_by_the_mean_and_does_nothing_more()
    {
        using var random = new Generator(2);

        float[] shifted = Corruption.Gaussian(0, 0.5f).Apply(Table([1, -2], [0, 4]), random).Floats();

        Assert.That(shifted, Is.EqualTo(new[] { 1.5f, -1.5f, 0.5f, 4.5f }));
    }

    [TestCase(-0.5f, 0f,
        "Corruption.Gaussian: standardDeviation is -0.5; it must be at least 0. (Parameter 'standardDeviation')")]
    [TestCase(float.NaN, 0f,
        "Corruption.Gaussian: standardDeviation is NaN; it must be a finite number. (Parameter 'standardDeviation')")]
    [TestCase(float.PositiveInfinity, 0f,
        "Corruption.Gaussian: standardDeviation is Infinity; it must be a finite number. (Parameter " +
        "'standardDeviation')")]
    [TestCase(1f, float.NaN, "Corruption.Gaussian: mean is NaN; it must be a finite number. (Parameter 'mean')")]
    [TestCase(1f, float.NegativeInfinity,
        "Corruption.Gaussian: mean is -Infinity; it must be a finite number. (Parameter 'mean')")]
    public void Parameters_out_of_their_range_are_refused(float deviation, float mean, string message) =>
        Assert.That(() => Corruption.Gaussian(deviation, mean),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));
}
