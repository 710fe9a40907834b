using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>Statistics over a single row are undefined.</summary>
internal sealed class BatchNormBatchesTests
{
    [Test]
    public void Batches_of_one_row_are_refused() =>
        Assert.That(() => Fit(count: 20, batchSize: 1), Throws.InvalidOperationException.With.Message.EqualTo(
            "TrainingOptions.BatchSize is 1, and batch normalization needs batches of at least 2 rows."));

    [Test]
    public void A_single_row_is_refused() =>
        Assert.That(() => Fit(count: 1, batchSize: 16), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Features': there is one training row, and batch normalization needs at " +
            "least 2."));

    [TestCase(17, 16)]
    [TestCase(3, 2)]
    [TestCase(2, 100)]
    public void A_last_row_on_its_own_does_no_harm(int count, int batchSize) =>
        Assert.That(Fit(count, batchSize), Has.All.InRange(-1e6f, 1e6f));

    private static float[] Fit(int count, int batchSize)
    {
        var ml = new MLContext(1);
        var options = new PlainOptions
        {
            CodeSize = 2,
            Network = Network.Dense([4], Activation.Relu, batchNorm: true),
            Training = new() { Epochs = 2, BatchSize = batchSize },
        };
        using AutoencoderTransformer transformer = ml.Transforms.Autoencoders.Plain("Code", "Features", options)
            .Fit(Rows.View(ml, count));
        return transformer.Encode(Rows.Make(1)[0].Features);
    }
}
