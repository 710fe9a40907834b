using Ml.Autoencoders.Likelihoods;

namespace Ml.Autoencoders.Tests;

internal sealed class SlotWeightsTests
{
    [Test]
    public void A_slot_counts_in_relation_to_its_mean_error() =>
        // 1 / (D v), in two slots.
        Assert.That(Of([0.25, 0.01], [0, 7], [1, 3]), Is.EqualTo(new[] { 2f, 50 }));

    [Test]
    public void A_slot_that_comes_back_without_error_counts_as_one_with_a_ten_thousandth_of_its_variance() =>
        Assert.That(Of([0, 0.5], [5, 0], [2, 1]),
            Is.EqualTo(new[] { 1 / (2 * 4e-4f), 1 }).Within(1e-3).Percent);

    [Test]
    public void A_constant_slot_has_the_mean_variance_of_all()
    {
        // Variances 4, 2 and, of a slot that varies by rounding only, 0: 2 on average.
        float[] weights = Of([1, 1, 0], [0, 0, 1000], [2, Math.Sqrt(2), 1e-4]);
        Assert.That(weights[2], Is.EqualTo(1 / (3 * 2e-4f)).Within(1e-3).Percent);
    }

    [Test]
    public void Rows_that_are_all_the_same_have_a_variance_of_one() =>
        Assert.That(Of([0], [5], [0])[0], Is.EqualTo(1e4f).Within(1e-3).Percent);

    [TestCase(0)]
    [TestCase(1)]
    public void A_slot_with_too_few_values_counts_as_the_others_do_on_average(int count)
    {
        // Variances 4 and 16, of which errors of 1 and 8 are a quarter and a half: 3/8 of 10.
        float[] weights = SlotWeights.From([1, 8, 0], [0, 0, 1000], [2, 4, 0], [50, 2, count]);
        Assert.That(weights, Is.EqualTo(new[] { 1 / 3f, 1 / 24f, 1 / 11.25f }).Within(1e-3).Percent);
    }

    [Test]
    public void Of_one_row_slots_are_taken_to_be_constant() =>
        Assert.That(SlotWeights.From([1, 0, 0], [5, 7, 0], [0, 0, 0], [1, 1, 0]),
            Is.EqualTo(new[] { 1 / 3f, 1 / 3e-4f, 1 / (1.5f * 1.0001f) }).Within(1e-3).Percent);

    [TestCase(0, 1e-20)]
    [TestCase(1e-41, 1e-21)]
    public void Weights_of_the_smallest_numbers_are_finite(double error, double deviation) =>
        Assert.That(Of([error], [0], [deviation])[0], Is.EqualTo(1e38f).Within(1e-3).Percent);

    private static float[] Of(double[] errors, double[] means, double[] deviations) =>
        SlotWeights.From(errors, means, deviations, [.. errors.Select(_ => 2.0)]);
}
