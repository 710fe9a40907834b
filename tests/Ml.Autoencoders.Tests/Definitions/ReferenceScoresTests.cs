using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Tests;

/// <summary>p-values by hand: (k + 1) / (n + 1), where k of n scores are at least as high.</summary>
internal sealed class ReferenceScoresTests
{
    private static readonly ReferenceScores Four = ReferenceScores.Of([1, 2, 2, 3]);

    [TestCase(0, 5f / 5)]
    [TestCase(1, 5f / 5)]
    [TestCase(1.5f, 4f / 5)]
    [TestCase(2, 4f / 5)]
    [TestCase(2.5f, 2f / 5)]
    [TestCase(3, 2f / 5)]
    [TestCase(3.5f, 1f / 5)]
    [TestCase(float.PositiveInfinity, 1f / 5)]
    [TestCase(float.NegativeInfinity, 5f / 5)]
    [TestCase(float.NaN, float.NaN)]
    public void Scores_that_are_at_least_as_high_are_counted(float score, float expected) =>
        Assert.That(PValueOf(Four, score), Is.EqualTo(expected));

    [TestCase(0.2f, 3)]
    [TestCase(0.39f, 3)]
    [TestCase(0.4f, 2)]
    [TestCase(0.79f, 2)]
    [TestCase(0.8f, 1)]
    [TestCase(0.99f, 1)]
    public void A_rate_has_the_threshold_that_its_p_values_are_above(float rate, float expected) =>
        Assert.That(Four.ThresholdOf(rate), Is.EqualTo(expected));

    [Test]
    public void The_lowest_rate_is_the_lowest_p_value()
    {
        Assert.That((Four.LeastRate, Four.Infinite), Is.EqualTo((0.2f, 0)));
        Assert.That(Four.ThresholdOf(Four.LeastRate), Is.EqualTo(3));
    }

    [TestCase(3, 10)]
    [TestCase(300, 100_000)]
    public void The_lowest_rate_is_that_of_the_highest_score_that_is_finite(int infinite, int count)
    {
        var scores = ReferenceScores.Of([.. Enumerable.Range(0, count)
            .Select(n => n < count - infinite ? n : float.PositiveInfinity)]);
        float threshold = scores.ThresholdOf(scores.LeastRate);
        // Of groups at most one has finite scores below an infinite one.
        Assert.That(scores.Infinite, Is.InRange(infinite, infinite * 1.005));
        Assert.That(threshold, Is.EqualTo(count - scores.Infinite - 1));
        Assert.That(scores.LeastRate, Is.EqualTo(PValueOf(scores, MathF.BitIncrement(threshold))));
    }

    [Test]
    public void Infinite_scores_count_as_others()
    {
        ReferenceScores two = ReferenceScores.Of([1, float.PositiveInfinity]);
        Assert.That(PValueOf(two, float.PositiveInfinity), Is.EqualTo(2f / 3));
        Assert.That(PValueOf(two, float.MaxValue), Is.EqualTo(2f / 3));
    }

    [TestCase(1)]
    [TestCase(4096)]
    public void So_many_scores_are_all_kept(int count)
    {
        var scores = ReferenceScores.Of([.. Enumerable.Range(0, count).Select(n => (float)n)]);
        Assert.That(scores.Scores, Has.Count.EqualTo(count).And.Ordered.Descending);
        Assert.That(Enumerable.Range(0, count).Select(n => PValueOf(scores, n)),
            Is.EqualTo(Enumerable.Range(0, count).Select(n => (float)((count - n + 1.0) / (count + 1)))));
    }

    [TestCase(4097)]
    [TestCase(100_000)]
    public void Of_more_p_is_never_too_low_and_at_most_half_a_percent_too_high(int count)
    {
        float[] all = [.. Enumerable.Range(0, count).Select(n => MathF.Sqrt(n))];
        var scores = ReferenceScores.Of(all);
        Assert.That(scores.Scores, Has.Count.AtMost(ReferenceScores.Most));
        for (int n = 0; n < count; n += 7)
        {
            double exact = (count - n + 1.0) / (count + 1);
            Assert.That(PValueOf(scores, all[n]), Is.InRange((float)exact, (float)(exact * 1.005)));
        }
        // The first 230 groups are single rows.
        Assert.That(PValueOf(scores, all[^200]), Is.EqualTo((float)(201.0 / (count + 1))));
        Assert.That(PValueOf(scores, float.MaxValue), Is.EqualTo((float)(1.0 / (count + 1))));
        Assert.That(PValueOf(scores, -1), Is.EqualTo(1));
    }

    [Test]
    public void Of_as_many_rows_as_there_can_be_no_more_are_kept() =>
        Assert.That(new ReferenceScores(Array.MaxLength, []).PValues(), Has.Length.AtMost(ReferenceScores.Most + 1));

    [TestCase(50)]
    [TestCase(20_000)]
    public void A_score_is_above_the_threshold_of_a_rate_exactly_where_p_is_up_to_the_rate(int count)
    {
        var random = new Random(3);
        float[] all = [.. Enumerable.Range(0, count).Select(_ => MathF.Round(random.NextSingle(), 3)).Order()];
        var scores = ReferenceScores.Of(all);
        foreach (float rate in new[] { 0.02f, 0.05f, 0.1f, 0.3f, 0.7f, 0.999f })
        {
            float threshold = scores.ThresholdOf(rate);
            foreach (float score in all.Concat([-1, 0.5004f, 2]))
                Assert.That(score > threshold, Is.EqualTo(PValueOf(scores, score) <= rate), $"{score} at {rate}");
        }
    }

    private static float PValueOf(ReferenceScores scores, float score)
    {
        float[] values = [score];
        scores.Judge(values);
        return values[0];
    }
}
