using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class SeriesQualityErrorTests
{
    private static readonly bool[] Labels = [false, true, false];

    [Test]
    public void There_are_as_many_labels_as_scores() =>
        Assert.That(() => SeriesQuality.BestF1([1, 2], Labels), Throws.ArgumentException.With.Message.EqualTo(
            "There are 2 scores and 3 labels; there must be one label for each score. (Parameter 'labels')"));

    [Test]
    public void There_are_scores() =>
        Assert.That(() => SeriesQuality.AreaUnderPrecisionRecallCurve([], []), Throws.ArgumentException.With.Message
            .EqualTo("There are no scores; there must be one for each row. (Parameter 'scores')"));

    [Test]
    public void There_is_an_anomaly() =>
        Assert.That(() => SeriesQuality.Measure([1, 2, 3], [false, false, false], window: 2),
            Throws.ArgumentException.With.Message.EqualTo(
                "None of the 3 labels is true; at least one row must be an anomaly. (Parameter 'labels')"));

    [TestCase(float.NaN, "NaN")]
    [TestCase(float.PositiveInfinity, "Infinity")]
    [TestCase(float.NegativeInfinity, "-Infinity")]
    public void Scores_are_finite(float score, string shown) =>
        Assert.That(() => SeriesQuality.VolumeUnderRocSurface([1, score, 3], Labels, window: 2),
            Throws.ArgumentException.With.Message.EqualTo(
                $"scores[1] is {shown}; it must be a finite number. Rows without a score are left out by " +
                "ml.EvaluateSeries. (Parameter 'scores')"));

    [TestCase(-1, "at least 0")]
    [TestCase(4, "at most 3")]
    [TestCase(int.MaxValue, "at most 3")]
    public void A_window_is_at_most_as_long_as_the_series(int window, string bound)
    {
        Check("Measure", () => SeriesQuality.Measure([1, 2, 3], Labels, window));
        Check("VolumeUnderPrecisionRecallSurface",
            () => SeriesQuality.VolumeUnderPrecisionRecallSurface([1, 2, 3], Labels, window));
        Check("VolumeUnderRocSurface", () => SeriesQuality.VolumeUnderRocSurface([1, 2, 3], Labels, window));

        void Check(string call, Action action) =>
            Assert.That(action, Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
                $"{call}: window is {window}; it must be {bound}. (Parameter 'window')"));
    }

    [Test]
    public void A_threshold_is_finite()
    {
        Assert.That(() => SeriesQuality.EventRecall([1, 2, 3], Labels, float.NaN),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
                "EventRecall: threshold is NaN; it must be a finite number. (Parameter 'threshold')"));
        Assert.That(() => SeriesQuality.Measure([1, 2, 3], Labels, 2, float.PositiveInfinity),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
                "Measure: threshold is Infinity; it must be a finite number. (Parameter 'threshold')"));
    }
}
