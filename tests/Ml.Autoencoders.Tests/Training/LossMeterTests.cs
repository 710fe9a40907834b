using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

internal sealed class LossMeterTests : TensorTests
{
    [Test]
    public void Means_are_over_rows_not_over_batches()
    {
        var meter = new LossMeter();

        double first = Add(meter, 1, 10, rows: 3);
        double second = Add(meter, 5, 2, rows: 1);

        EpochLoss mean = meter.Mean();
        Assert.Multiple(() =>
        {
            Assert.That((first, second), Is.EqualTo((1 + 0.5 * 10, 5 + 0.5 * 2)));
            Assert.That(mean.Terms.Select(term => (term.Key, term.Value)),
                Is.EqualTo(new[] { ("reconstruction", 2.0), ("sparsity", 8.0) }));
            Assert.That(mean.Total, Is.EqualTo(6));
            Assert.That(mean.ToString(), Is.EqualTo("6 (reconstruction 2, sparsity 8)"));
        });
    }

    [Test]
    public void A_loss_of_one_term_prints_as_its_total() =>
        Assert.That(Loss(0.0123456, ("reconstruction", 0.0123456)).ToString(), Is.EqualTo("0.01235"));

    [Test]
    public void An_epoch_prints_as_a_line()
    {
        EpochLoss training = Loss(0.0120449, ("reconstruction", 0.0120449));
        EpochLoss validation = Loss(0.5, ("reconstruction", 0.25), ("sparsity", 25));

        Assert.Multiple(() =>
        {
            Assert.That(new TrainingEpoch(3, 20, training, null, 1e-3, 41_200.4, TimeSpan.FromSeconds(6),
                true).ToString(),
                Is.EqualTo("epoch 3/20  loss 0.01204  41,200 rows/s  34 s left"));
            Assert.That(new TrainingEpoch(20, 20, training, validation, 1e-3, 41_200.4, TimeSpan.FromSeconds(6),
                true).ToString(),
                Is.EqualTo(
                    "epoch 20/20  loss 0.01204  validation 0.5 (reconstruction 0.25, sparsity 25)  41,200 rows/s  0 " +
                    "s left"));
        });
    }

    private static EpochLoss Loss(double total, params (string Name, double Value)[] terms) =>
        new(total, terms.ToDictionary(term => term.Name, term => term.Value, StringComparer.Ordinal));

    private static double Add(LossMeter meter, float reconstruction, float sparsity, long rows)
    {
        double total = meter.Add([new LossTerm("reconstruction", tensor(reconstruction)),
            new LossTerm("sparsity", tensor(sparsity), 0.5)], rows);
        meter.CountRows(rows);
        return total;
    }
}
