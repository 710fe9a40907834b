using Ml.Autoencoders.Likelihoods;

namespace Ml.Autoencoders.Tests;

internal sealed class SlotWeightsTests
{
    [Test]
    public void A_slot_counts_in_relation_to_its_mean_error() =>
        // 1 / (D v), in two slots.
        Assert.That(SlotWeights.From([0.25, 0.01], [0, 7], [1, 3]), Is.EqualTo(new[] { 2f, 50 }));

    [Test]
    public void A_slot_that_comes_back_without_error_counts_as_one_with_a_ten_thousandth_of_its_variance() =>
        Assert.That(SlotWeights.From([0, 0.5], [5, 0], [2, 1]),
            Is.EqualTo(new[] { 1 / (2 * 4e-4f), 1 }).Within(1e-3).Percent);

    [Test]
    public void A_constant_slot_has_the_mean_variance_of_all()
    {
        // Variances 4, 2 and, of a slot that varies by rounding only, 0: 2 in the mean.
        float[] weights = SlotWeights.From([1, 1, 0], [0, 0, 1000], [2, Math.Sqrt(2), 1e-4]);
        Assert.That(weights[2], Is.EqualTo(1 / (3 * 2e-4f)).Within(1e-3).Percent);
    }

    [Test]
    public void Rows_that_are_all_the_same_have_a_variance_of_one() =>
        Assert.That(SlotWeights.From([0], [5], [0])[0], Is.EqualTo(1e4f).Within(1e-3).Percent);
}
