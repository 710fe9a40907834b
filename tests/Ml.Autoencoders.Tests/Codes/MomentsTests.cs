using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Tests;

internal sealed class MomentsTests
{
    [Test]
    public void Codes_count_by_their_shares()
    {
        // Shares 1/4, 3/4 and none of (0, 0), (4, 8) and a far one: mean (3, 6), and deviations (-3, -6) and (1, 2).
        Moments moments = Moments.Of(CodeBlock.Split([[0, 0], [4, 8], [1000, -1000]]), [0.25, 0.75, 0]);

        Assert.Multiple(() =>
        {
            Assert.That(moments.Count, Is.EqualTo(1));
            Assert.That(moments.Mean, Is.EqualTo(new[] { 3.0, 6 }).Within(1e-12));
            Assert.That(moments.Covariance[0], Is.EqualTo(new[] { 3.0 }).Within(1e-12));
            Assert.That(moments.Covariance[1], Is.EqualTo(new[] { 6.0, 12 }).Within(1e-12));
        });
    }

    [Test]
    public void Shares_need_not_sum_to_one()
    {
        // Twice (1) and half of (6): mean 2, variance 0.8 * 1 + 0.2 * 16.
        Moments moments = Moments.Of(CodeBlock.Split([[1], [6]]), [2, 0.5]);

        Assert.Multiple(() =>
        {
            Assert.That(moments.Count, Is.EqualTo(2.5));
            Assert.That(moments.Mean[0], Is.EqualTo(2).Within(1e-12));
            Assert.That(moments.Covariance[0][0], Is.EqualTo(4).Within(1e-12));
        });
    }

    [Test]
    public void A_small_variance_far_from_0_keeps_its_digits()
    {
        // 4096 and 4097 lie half a unit from their mean; mean squares of Single would lose a quarter in 16 million.
        Moments moments = Moments.Of(
            CodeBlock.Split([.. Enumerable.Range(0, 1000).Select(n => new[] { 4096f + n % 2 })]),
            [.. Enumerable.Repeat(1.0, 1000)]);

        Assert.That(moments.Covariance[0][0], Is.EqualTo(0.25).Within(1e-9));
    }
}
