using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>Which terms count to the loss that tells a good epoch from a bad one.</summary>
internal sealed class WatchedLossTests : TensorTests
{
    [Test]
    public void Terms_of_a_step_that_is_not_watched_are_reported_and_not_added()
    {
        var meter = new LossMeter();

        double unwatched = 0;
        for (int batch = 0; batch < 2; batch++)
        {
            meter.Add([Term("reconstruction", 2)], 3);
            unwatched = meter.Add([Term("critic", 5)], 3, isWatched: false);
            meter.CountRows(3);
        }

        EpochLoss mean = meter.Mean();
        Assert.Multiple(() =>
        {
            Assert.That(unwatched, Is.EqualTo(5), "a loss that is no number has to be seen, watched or not");
            Assert.That(mean.Total, Is.EqualTo(2));
            Assert.That(mean.Terms,
                Is.EqualTo(new Dictionary<string, double>(StringComparer.Ordinal)
                {
                    ["reconstruction"] = 2,
                    ["critic"] = 5,
                }));
        });
    }

    [Test]
    public void A_term_that_is_phased_in_is_reported_with_its_whole_weight()
    {
        var meter = new LossMeter();

        double total =
            meter.Add([Term("reconstruction", 2), new LossTerm("kl", tensor(3f), Weight: 4, Share: 0.25)], 1);
        meter.CountRows(1);

        Assert.That((total, meter.Mean().Total, meter.Mean().Terms["kl"]), Is.EqualTo((14.0, 14.0, 3.0)));
    }

    [Test]
    public void A_term_without_weight_is_reported_only()
    {
        var meter = new LossMeter();

        meter.Add([new LossTerm("reconstruction", tensor(2f), Weight: 0), Term("bound", 3)], 1);
        meter.CountRows(1);

        Assert.That((meter.Mean().Total, meter.Mean().Terms["reconstruction"]), Is.EqualTo((3.0, 2.0)));
    }

    private static LossTerm Term(string name, float value) => new(name, tensor(value));
}
