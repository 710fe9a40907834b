namespace Ml.Autoencoders.Tests;

internal sealed class CodeMixtureErrorTests
{
    private static readonly CodeMixture Mixture = CodeMixture.Fit([[1, 4], [3, 8], [5, 3]], 1, seed: 1);

    [TestCase(0, "0")]
    [TestCase(-2, "-2")]
    public void A_mixture_has_a_component(int components, string shown) =>
        Assert.That(() => CodeMixture.Fit([[1]], components, seed: 1), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo(
                $"FitMixture: components is {shown}; it must be at least 1. (Parameter 'components')"));

    [TestCase(0)]
    [TestCase(2)]
    public void Each_component_needs_a_row(int rows) =>
        Assert.That(() => CodeMixture.Fit([.. Enumerable.Range(0, rows).Select(n => new float[] { n })], 3, seed: 1),
            Throws.ArgumentException.With.Message.EqualTo(
                $"3 components need at least as many rows; there are {rows}. (Parameter 'codes')"));

    [Test]
    public void As_many_rows_as_components_are_enough() =>
        Assert.That(CodeMixture.Fit([[1], [2], [4]], 3, seed: 1).Weights, Has.Count.EqualTo(3));

    [Test]
    public void Codes_have_one_length() =>
        Assert.That(() => CodeMixture.Fit([[1, 2], [1, 2], [1]], 1, seed: 1),
            Throws.ArgumentException.With.Message.EqualTo("Code 2 has 1 numbers; it needs 2. (Parameter 'codes')"));

    [TestCase(float.NaN, "NaN")]
    [TestCase(float.PositiveInfinity, "Infinity")]
    [TestCase(float.NegativeInfinity, "-Infinity")]
    public void Codes_are_finite(float number, string shown)
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => CodeMixture.Fit([[1, 2], [1, number]], 1, seed: 1),
                Throws.ArgumentException.With.Message.EqualTo(
                    $"Code 1: number 1 is {shown}; it must be finite. (Parameter 'codes')"));
            Assert.That(() => Mixture.LogDensity([number, 2]),
                Throws.ArgumentException.With.Message.EqualTo(
                    $"The code: number 0 is {shown}; it must be finite. (Parameter 'code')"));
        });
    }

    [Test]
    public void A_code_has_the_length_of_those_it_learned_from() =>
        Assert.That(() => Mixture.LogDensity([1, 2, 3]),
            Throws.ArgumentException.With.Message.EqualTo("The code has 3 numbers; it needs 2. (Parameter 'code')"));

    [Test]
    public void A_code_is_there() =>
        Assert.That(() => Mixture.LogDensity(null!), Throws.ArgumentNullException);

    [Test]
    public void Fewer_than_no_codes_cannot_be_drawn() =>
        Assert.That(() => Mixture.Sample(-1, seed: 1), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo("CodeMixture.Sample: count is -1; it must be at least 0. (Parameter 'count')"));
}
