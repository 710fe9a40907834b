using Microsoft.ML;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>What the detector of errors and codes chooses where nothing is set.</summary>
internal sealed class DetectorDefaultsTests
{
    private static readonly Defaults Pictures = DefaultsRule.Standard.Typical;

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(3, 2)]
    [TestCase(8, 2)]
    [TestCase(11, 3)]
    [TestCase(64, 16)]
    [TestCase(128, 32)]
    [TestCase(100_000, 32)]
    public void A_code_is_a_quarter_of_the_columns_between_bounds_and_shorter_than_the_row(int columns, int code) =>
        Assert.That(new DetectorDefaults().For(1, columns).CodeSize, Is.EqualTo(code));

    [Test]
    public void A_table_gets_these() => Assert.Multiple(() =>
    {
        var expected = new Defaults(5, Network.Dense(64), InputScaling.Standardize, Epochs: null)
        {
            Updates = 1_000,
            BatchSize = 128,
            LearningRate = 2e-3f,
            Schedule = LearningRateSchedule.Cosine(),
            Score = AnomalyScoreKind.Both,
        };
        Assert.That(new AutoencoderAnomalyOptions().Rule.For(10, 20), Is.EqualTo(expected));
        Assert.That(new AutoencoderAnomalyOptions { Network = Network.Dense(5) }.Rule.For(1_000_000, 20),
            Is.EqualTo(expected));
    });

    [Test]
    public void Pictures_sequences_and_probabilities_get_those_of_other_options() => Assert.Multiple(() =>
    {
        var options = new AutoencoderAnomalyOptions();
        AutoencoderAnomalyOptions[] others =
        [
            options with { Image = new ImageFormat(3, 4) },
            options with { Network = Network.Convolutional(4, 5) },
            options with { Network = Network.Temporal() },
            options with { Sequence = new SequenceFormat(4, 3) },
            options with { Loss = ReconstructionLoss.BinaryCrossEntropy },
        ];
        foreach (AutoencoderAnomalyOptions other in others)
        {
            Assert.That(other.Rule.Typical, Is.EqualTo(Pictures));
            Assert.That(other.Rule.Typical.Score, Is.EqualTo(AnomalyScoreKind.ReconstructionError));
        }
    });

    [Test]
    public void A_detector_with_no_option_set_has_them()
    {
        var ml = new MLContext(seed: 1);
        using AutoencoderAnomalyTransformer detector =
            ml.AnomalyDetection.Trainers.Autoencoder("Features").Fit(Rows.View(ml, 200));
        // 12 columns, and two batches of at most 128 in each epoch.
        Assert.That(detector.Summary.Layers.Select(layer => layer.OutputShape), Has.Member("64").And.Member("3"));
        Assert.That(detector.History, Has.Count.EqualTo(500));
    }
}
