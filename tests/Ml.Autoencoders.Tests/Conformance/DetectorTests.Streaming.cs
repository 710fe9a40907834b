using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Rows that are more than the memory that they may take.</content>
internal sealed partial class DetectorTests
{
    [TestCase(0f)]
    [TestCase(0.25f)]
    public void Rows_that_are_not_kept_set_the_threshold_too(float validationFraction)
    {
        IDataView rows = WideRows.View(_ml);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, (nameof(AnomalyOptions.Contamination), 0.1f),
            (nameof(AnomalyOptions.Training), WideRows.Streaming(validationFraction: validationFraction))).Fit(rows);
        float[] scores = ScoresOf(model.Transform(rows));
        if (validationFraction == 0)
            Assert.That(model.Threshold, Is.EqualTo(QuantileOf(scores, 0.9)).Within(1e-3).Percent);
        else
            Assert.That(scores.Count(score => score > model.Threshold), Is.EqualTo(WideRows.Many * 0.1).Within(50));
    }

    [Test]
    public void Values_are_swapped_among_rows_that_are_not_kept()
    {
        IDataView rows = WideRows.View(_ml);
        AutoencoderAnomalyEstimator estimator = detector.Make(_ml,
            (nameof(AnomalyOptions.Corruption), Corruption.Swap(0.3f, 2..5)),
            (nameof(AnomalyOptions.Training), WideRows.Streaming(validationFraction: 0.2f)));
        using AutoencoderAnomalyTransformer one = estimator.Fit(rows);
        using AutoencoderAnomalyTransformer other = estimator.Fit(rows);

        Assert.That(one.History.Select(epoch => epoch.Validation!.Total),
            Is.EqualTo(other.History.Select(epoch => epoch.Validation!.Total)));
        Assert.That(ScoresOf(one.Transform(rows)), Is.EqualTo(ScoresOf(other.Transform(rows))));
    }
}
