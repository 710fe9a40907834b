using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class SeriesQualityTests
{
    private const double Exact = 1e-12;

    /// <summary>The label of a row next to an anomaly at a width of 2.</summary>
    private static readonly double Half = Math.Sqrt(0.5);

    [Test]
    public void Area_is_the_mean_precision_over_anomalous_rows() =>
        // Precision 1 at the first anomalous row, 2 / 3 at the second.
        Assert.That(SeriesQuality.AreaUnderPrecisionRecallCurve([0.9f, 0.8f, 0.7f, 0.6f], [true, false, true, false]),
            Is.EqualTo((1 + 2 / 3.0) / 2).Within(Exact));

    [Test]
    public void Best_F1_is_that_of_the_best_threshold()
    {
        // 2 / 3, then 2 / 4, then 4 / 5, then 4 / 6.
        SeriesMeasures measures =
            SeriesQuality.Measure([0.9f, 0.8f, 0.7f, 0.6f], [true, false, true, false], window: 0);
        Assert.That(measures.BestF1, Is.EqualTo(0.8).Within(Exact));
        Assert.That(SeriesQuality.BestF1([0.9f, 0.8f, 0.7f, 0.6f], [true, false, true, false]),
            Is.EqualTo(measures.BestF1));
        Assert.That(measures.Threshold, Is.InRange(0.6f, 0.7f - 1e-8f), "0.7 is above it, as ML.NET asks");
        Assert.That(measures.EventRecall, Is.EqualTo(1));
    }

    [Test]
    public void Of_thresholds_with_the_same_F1_the_highest_counts() =>
        // 2 / 3 for one row of one right, and for four rows of two right.
        Assert.That(SeriesQuality.Measure([4, 3, 2, 1, 0], [true, false, false, true, false], window: 0).Threshold,
            Is.InRange(3, 4).And.LessThan(4));

    [Test]
    public void Rows_with_one_score_are_flagged_together()
    {
        // Whichever of the two comes first: 1 row of 1, then 2 rows of 3.
        float[] scores = [2, 1, 1, 0];
        foreach (bool[] labels in new bool[][] { [true, false, true, false], [true, true, false, false] })
        {
            Assert.That(SeriesQuality.AreaUnderPrecisionRecallCurve(scores, labels),
                Is.EqualTo((1 + 2 / 3.0) / 2).Within(Exact));
            Assert.That(SeriesQuality.BestF1(scores, labels), Is.EqualTo(0.8).Within(Exact));
        }
    }

    [Test]
    public void Negative_zero_is_zero() =>
        Assert.That(SeriesQuality.AreaUnderPrecisionRecallCurve([0f, -0f], [false, true]), Is.EqualTo(0.5));

    [Test]
    public void Events_are_runs_of_rows_and_found_by_one_row()
    {
        bool[] labels = [true, true, false, true, false, false, true];
        float[] scores = [0, 5, 9, 2, 9, 0, 3];
        Assert.That(SeriesQuality.EventRecall(scores, labels, 2), Is.EqualTo(2 / 3.0).Within(Exact),
            "a score that equals the threshold is not above it");
        Assert.That(SeriesQuality.EventRecall(scores, labels, 1.9f), Is.EqualTo(1));
        Assert.That(SeriesQuality.EventRecall(scores, labels, 5), Is.Zero);
        Assert.That(SeriesQuality.EventRecall(scores, labels, float.MaxValue), Is.Zero);
        SeriesMeasures measures = SeriesQuality.Measure(scores, labels, window: 2, threshold: 2);
        Assert.That((measures.Events, measures.AnomalousRows, measures.Rows), Is.EqualTo((3, 4, 7)));
        Assert.That((measures.EventRecall, measures.Threshold), Is.EqualTo((2 / 3.0, 2f)));
    }

    [Test]
    public void The_labels_themselves_are_perfect_scores(
        [Values(0, 1, 2, 7, 40)] int window, [Values(60, 251, 1000)] int rows)
    {
        bool[] labels = [.. Enumerable.Range(0, rows).Select(i => i % 50 is > 20 and < 27 or 49)];
        SeriesMeasures measures =
            SeriesQuality.Measure(Array.ConvertAll(labels, label => label ? 1f : 0), labels, window);
        Assert.That(new[]
        {
            measures.AreaUnderPrecisionRecallCurve, measures.VolumeUnderPrecisionRecallSurface,
            measures.VolumeUnderRocSurface, measures.BestF1, measures.EventRecall,
        }, Is.All.EqualTo(1).Within(Exact));
    }

    [Test]
    public void Constant_scores_have_the_share_of_labels()
    {
        // 3 of 20 rows. Widened labels are 0 at widths 0 and 1, and those of the rows next to the event at 2 and 3;
        // at 4 and 5 also of the second next. All rows are flagged at every threshold.
        bool[] labels = [.. Enumerable.Range(0, 20).Select(i => i is 8 or 9 or 10)];
        double[] beside = [0, 0, 2 * Half, 2 * Math.Sqrt(2 / 3.0), 2 * (Math.Sqrt(3 / 4.0) + Half),
            2 * (Math.Sqrt(4 / 5.0) + Math.Sqrt(3 / 5.0))];
        SeriesMeasures measures = SeriesQuality.Measure(new float[20], labels, window: 5);
        Assert.That(measures.AreaUnderPrecisionRecallCurve, Is.EqualTo(3 / 20.0).Within(Exact));
        Assert.That(measures.VolumeUnderPrecisionRecallSurface,
            Is.EqualTo(beside.Average(sum => (3 + sum) / 20)).Within(Exact));
        // One straight line to the rate of false alarms, and one from there to (1, 1).
        Assert.That(measures.VolumeUnderRocSurface,
            Is.EqualTo(beside.Average(sum => 1 - (17 - sum) / (17 - sum / 2) / 2)).Within(Exact));
        Assert.That(measures.BestF1, Is.EqualTo(2 * 3 / 23.0).Within(Exact));
    }

    [Test]
    public void A_score_just_before_an_anomaly_is_forgiven()
    {
        // The row before the anomaly, the anomaly, and two others; the rest of the curve is flat. Nothing is widened
        // at widths 0 and 1. At 2, one row has the hits √½ out of 1 + √½ / 2, and two have all that is wanted.
        float[] scores = [1, 5, 4, 2, 3, 0];
        bool[] labels = [false, false, true, false, false, false];
        double first = Half / (1 + Half / 2);
        double falseAlarms = (1 - Half) / (5 - Half / 2);
        Assert.That(SeriesQuality.VolumeUnderPrecisionRecallSurface(scores, labels, 2),
            Is.EqualTo((0.5 + 0.5 + first * Half + (1 - first) * (1 + Half) / 2) / 3).Within(Exact));
        Assert.That(SeriesQuality.VolumeUnderRocSurface(scores, labels, 2),
            Is.EqualTo((0.8 + 0.8 + falseAlarms * first / 2 + (1 - falseAlarms)) / 3).Within(Exact));
    }

    [Test]
    public void Recall_counts_by_the_share_of_anomalies_that_are_touched()
    {
        // One row of two, in one anomaly of two: a quarter, with precision 1; then three quarters with 2 of 3.
        float[] scores = [8, 9, 0, 0, 0, 7, 0, 0];
        bool[] labels = [false, true, false, false, false, true, false, false];
        Assert.That(SeriesQuality.VolumeUnderPrecisionRecallSurface(scores, labels, 0),
            Is.EqualTo(0.25 + 0.75 * 2 / 3).Within(Exact));
        Assert.That(SeriesQuality.AreaUnderPrecisionRecallCurve(scores, labels),
            Is.EqualTo(0.5 + 0.5 * 2 / 3).Within(Exact));
    }

    [TestCase(7)]
    [TestCase(250)]
    public void One_anomaly_without_widening_has_the_areas_of_rows(int rows)
    {
        var random = new Random(5);
        float[] scores = [.. Enumerable.Range(0, rows).Select(_ => random.NextSingle())];
        bool[] labels = [.. Enumerable.Range(0, rows).Select(i => i is 3 or 4 or 5)];
        Assert.That(SeriesQuality.VolumeUnderPrecisionRecallSurface(scores, labels, 0),
            Is.EqualTo(SeriesQuality.AreaUnderPrecisionRecallCurve(scores, labels)).Within(Exact));
        double pairs = scores.Where((_, i) => labels[i])
            .Average(high => scores.Where((low, i) => !labels[i]).Average(low => low < high ? 1.0 : 0));
        Assert.That(SeriesQuality.VolumeUnderRocSurface(scores, labels, 0), Is.EqualTo(pairs).Within(Exact));
    }

    [Test]
    public void Volumes_depend_on_the_order_of_scores_alone()
    {
        bool[] labels = [.. Enumerable.Range(0, 600).Select(i => i % 100 > 93)];
        float[] scores = [.. Enumerable.Range(0, 600).Select(i => (float)(i * 7 % 601))];
        float[] others = Array.ConvertAll(scores, score => score * score * 16 - 1000);
        Assert.That(SeriesQuality.VolumeUnderPrecisionRecallSurface(others, labels, 30), Is.EqualTo(
            SeriesQuality.VolumeUnderPrecisionRecallSurface(scores, labels, 30)));
        Assert.That(SeriesQuality.VolumeUnderRocSurface(others, labels, 30), Is.EqualTo(
            SeriesQuality.VolumeUnderRocSurface(scores, labels, 30)));
    }

    [Test]
    public void Where_every_row_is_an_anomaly_there_are_no_false_alarms()
    {
        SeriesMeasures measures = SeriesQuality.Measure([3, 1, 2], [true, true, true], window: 2);
        Assert.That(measures.VolumeUnderRocSurface, Is.NaN);
        Assert.That(new[]
        {
            measures.AreaUnderPrecisionRecallCurve, measures.VolumeUnderPrecisionRecallSurface, measures.BestF1,
            measures.EventRecall,
        }, Is.All.EqualTo(1));
    }

    [Test]
    public void One_row_is_enough() =>
        Assert.That(SeriesQuality.Measure([7], [true], window: 1).VolumeUnderPrecisionRecallSurface, Is.EqualTo(1));

    [Test]
    public void All_measures_at_once_are_those_one_at_a_time()
    {
        (float[] scores, bool[] labels) = ScoredExample.Make(ScoredExample.Helped, ScoredExample.Long);
        SeriesMeasures all = SeriesQuality.Measure(scores, labels, 33);
        Assert.That((all.AreaUnderPrecisionRecallCurve, all.VolumeUnderPrecisionRecallSurface,
            all.VolumeUnderRocSurface, all.BestF1, all.EventRecall, all.Window), Is.EqualTo((
            SeriesQuality.AreaUnderPrecisionRecallCurve(scores, labels),
            SeriesQuality.VolumeUnderPrecisionRecallSurface(scores, labels, 33),
            SeriesQuality.VolumeUnderRocSurface(scores, labels, 33), SeriesQuality.BestF1(scores, labels),
            SeriesQuality.EventRecall(scores, labels, all.Threshold), 33)));
    }
}
