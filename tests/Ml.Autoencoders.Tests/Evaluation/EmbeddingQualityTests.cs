using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class EmbeddingQualityTests
{
    private static readonly float[][] Line = Points(0, 1, 3, 6, 10);

    /// <summary>The last point stands between the first two.</summary>
    private static readonly float[][] Moved = Points(0, 1, 3, 6, 0.25f);

    [Test]
    public void Explained_variance_is_what_the_residuals_leave() =>
        // Mean (2, 3); |x - mean|² is 1 + 1, 1 + 1 and 0, residuals 1, 0 and 0.
        Assert.That(EmbeddingQuality.ExplainedVariance([[1, 2], [3, 4], [2, 3]], [[1, 3], [3, 4], [2, 3]]),
            Is.EqualTo(1 - 1 / 4.0).Within(1e-12));

    [Test]
    public void Explained_variance_is_1_for_perfect_reconstructions_and_0_for_the_mean()
    {
        float[][] rows = [[1, 5], [3, 9]];
        Assert.That(EmbeddingQuality.ExplainedVariance(rows, rows), Is.EqualTo(1));
        Assert.That(EmbeddingQuality.ExplainedVariance(rows, [[2, 7], [2, 7]]), Is.Zero);
        Assert.That(EmbeddingQuality.ExplainedVariance(rows, [[3, 9], [1, 5]]), Is.EqualTo(-3).Within(1e-12),
            "worse than the mean");
    }

    [Test]
    public void Rows_that_are_all_the_same_have_no_variance_to_explain() =>
        Assert.That(EmbeddingQuality.ExplainedVariance([[1, 2], [1, 2]], [[1, 2], [1, 2]]), Is.NaN);

    [TestCase(1)]
    [TestCase(2)]
    public void Codes_that_keep_the_order_of_distances_are_perfect(int neighbors)
    {
        float[][] codes = [.. Line.Select(point => new[] { -2 * point[0] + 1, 0, 0 })];
        Assert.That(EmbeddingQuality.Trustworthiness(Line, codes, neighbors), Is.EqualTo(1));
        Assert.That(EmbeddingQuality.Continuity(Line, codes, neighbors), Is.EqualTo(1));
    }

    [Test]
    public void Intruders_cost_trust()
    {
        // k = 1: by their codes 0, 1 and 10 have 10, 10 and 0 nearest, each of which is fourth: 3 + 3 + 3.
        Assert.That(EmbeddingQuality.Trustworthiness(Line, Moved, 1),
            Is.EqualTo(1 - 2 / (5 * 1 * 6.0) * 9).Within(1e-12));
        // k = 2: 10 intrudes as fourth on 0, 1 and 3; on 6, 1 as third; on 10, 0 as fourth and 1 as
        // third: 2 + 2 + 2 + 1 + 2 + 1.
        Assert.That(EmbeddingQuality.Trustworthiness(Line, Moved, 2),
            Is.EqualTo(1 - 2 / (5 * 2 * 3.0) * 10).Within(1e-12));
    }

    [Test]
    public void Neighbors_that_went_missing_cost_continuity()
    {
        // k = 1: 0 and 1 have each other nearest, now second, and 10 has 6, now fourth: 1 + 1 + 3.
        Assert.That(EmbeddingQuality.Continuity(Line, Moved, 1), Is.EqualTo(1 - 2 / (5 * 1 * 6.0) * 5).Within(1e-12));
        // k = 2: 0, 1, 3 and 6 miss one that is third now, and 10 two, third and fourth: 1 + 1 + 1 + 1 + 1 + 2.
        Assert.That(EmbeddingQuality.Continuity(Line, Moved, 2), Is.EqualTo(1 - 2 / (5 * 2 * 3.0) * 7).Within(1e-12));
    }

    [Test]
    public void Of_rows_that_are_as_near_the_earlier_is_nearer()
    {
        // Row 1 has row 2 on its code, which is as near as row 0 and so second; row 3 has row 4
        // nearest, as near as row 2.
        float[][] rows = Points(0, 1, 2, 3, 4);
        Assert.That(EmbeddingQuality.Trustworthiness(rows, Points(0, 1, 1, 3, 4), 1),
            Is.EqualTo(1 - 2 / (5 * 1 * 6.0) * 2).Within(1e-12));
    }

    [TestCase(1e-30f)]
    [TestCase(1e-20f)]
    [TestCase(1e20f)]
    [TestCase(1e37f)]
    public void Neighbors_are_the_same_whatever_the_unit(float unit)
    {
        float[][] rows = Scaled(Line, unit);
        float[][] codes = Scaled(Moved, unit);
        Assert.That(EmbeddingQuality.Trustworthiness(rows, codes, 2),
            Is.EqualTo(EmbeddingQuality.Trustworthiness(Line, Moved, 2)));
        Assert.That(EmbeddingQuality.Continuity(rows, codes, 2),
            Is.EqualTo(EmbeddingQuality.Continuity(Line, Moved, 2)));
        Assert.That(new NearestNeighborClassifier(rows, [1, 1, 2, 2, 2], 1).Predict(Scaled(Points(0, 5, 9), unit)),
            Is.EqualTo(new uint[] { 1, 2, 2 }));

        static float[][] Scaled(float[][] points, float unit) =>
            [.. points.Select(point => Array.ConvertAll(point, value => value * unit))];
    }

    [Test]
    public void Chance_keeps_about_half_of_the_neighborhoods()
    {
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 400).Select(_ => new[] { random.NextSingle(), random.NextSingle() })];
        float[][] codes = [.. Enumerable.Range(0, 400).Select(_ => new[] { random.NextSingle() })];
        Assert.That(EmbeddingQuality.Trustworthiness(rows, codes), Is.EqualTo(0.5).Within(0.05));
        Assert.That(EmbeddingQuality.Continuity(rows, codes), Is.EqualTo(0.5).Within(0.05));
    }

    [Test]
    public void Errors_name_what_was_found_and_what_is_needed()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => EmbeddingQuality.Trustworthiness(Line, Moved, 0),
                Throws.InstanceOf<ArgumentException>()
                    .With.Message.StartsWith("Trustworthiness: neighbors is 0; it must be at least 1."));
            Assert.That(() => EmbeddingQuality.Continuity(Line, Moved, 3),
                Throws.InstanceOf<ArgumentException>()
                    .With.Message.StartsWith(
                        "Continuity: neighbors is 3; it must be below half of the number of rows, 5."));
            Assert.That(() => EmbeddingQuality.Trustworthiness(Line[..4], Moved[..4], 2),
                Throws.InstanceOf<ArgumentException>()
                    .With.Message.StartsWith(
                        "Trustworthiness: neighbors is 2; it must be below half of the number of rows, 4."));
            Assert.That(() => EmbeddingQuality.Trustworthiness(Line, Moved[..4], 1),
                Throws.ArgumentException.With.Message.StartsWith(
                    "There are 5 rows and 4 codes; there must be one for each."));
            Assert.That(() => EmbeddingQuality.Trustworthiness(Line, [[1], [2], [3, 4], [5], [6]], 1),
                Throws.ArgumentException.With.Message.StartsWith(
                    "The codes differ in length: number 0 has 1 numbers, number 2 has 2."));
            Assert.That(() => EmbeddingQuality.ExplainedVariance([], []),
                Throws.ArgumentException.With.Message.StartsWith("There are no rows."));
            Assert.That(() => EmbeddingQuality.ExplainedVariance([[1, 2]], [[1]]),
                Throws.ArgumentException.With.Message.StartsWith(
                    "The rows have 2 numbers and the reconstructions 1; they need the same length."));
        });
    }

    private static float[][] Points(params float[] places) => [.. places.Select(place => new[] { place })];
}
