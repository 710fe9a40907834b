using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Rows that are more than the memory that they may take.</content>
internal sealed partial class FamilyTests
{
    [Test]
    public void Rows_that_are_not_kept_are_learned_from_too()
    {
        IDataView rows = WideRows.View(_ml);
        AutoencoderEstimator estimator = family.Make(_ml,
            (nameof(AutoencoderOptions.Training), WideRows.Streaming(epochs: 6, validationFraction: 0.2f)));
        using AutoencoderTransformer model = estimator.Fit(rows);
        double[] losses = [.. model.History.Select(epoch => epoch.Validation!.Terms["reconstruction"])];
        Assert.That(losses, Has.All.Matches<double>(double.IsFinite));
        Assert.That(losses[^1], Is.LessThan(losses[0]));
        byte[] again = WeightsOf(estimator, rows);
        Assert.That(WeightsOf(estimator, rows), Is.EqualTo(again));
    }
}
