using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders.Tests.Objectives;

internal sealed class KlWarmupTests
{
    [TestCase(0)]
    [TestCase(3.7)]
    public void Without_a_warm_up_the_whole_weight_counts_at_once(double epoch) =>
        Assert.That(KlWarmup.None.Share(new TrainingMoment(epoch, 10)), Is.EqualTo(1));

    [TestCase(0, 0)]
    [TestCase(0.5, 0.125)]
    [TestCase(1, 0.25)]
    [TestCase(3.5, 0.875)]
    [TestCase(4, 1)]
    [TestCase(9.9, 1)]
    public void A_linear_warm_up_rises_from_batch_to_batch_and_stays(double epoch, double share) =>
        Assert.That(KlWarmup.Linear(4).Share(new TrainingMoment(epoch, 10)), Is.EqualTo(share).Within(1e-12));

    [Test]
    public void A_linear_warm_up_may_outlast_the_fit() =>
        Assert.That(KlWarmup.Linear(100).Share(new TrainingMoment(9.5, 10)), Is.EqualTo(0.095).Within(1e-12));

    // Cycles of 5 epochs, of which the first 2.5 rise.
    [TestCase(0, 0)]
    [TestCase(1, 0.4)]
    [TestCase(2.5, 1)]
    [TestCase(4.9, 1)]
    [TestCase(5, 0)]
    [TestCase(6.25, 0.5)]
    [TestCase(18, 1)]
    [TestCase(15.5, 0.2)]
    public void A_cyclical_warm_up_rises_stays_and_begins_again(double epoch, double share) =>
        Assert.That(KlWarmup.Cyclical(cycles: 4, rise: 0.5f).Share(new TrainingMoment(epoch, 20)),
            Is.EqualTo(share).Within(1e-12));

    [TestCase(4.5, 0.9)]
    [TestCase(9.75, 0.95)]
    public void A_cyclical_warm_up_can_rise_all_the_time(double epoch, double share) =>
        Assert.That(KlWarmup.Cyclical(cycles: 2, rise: 1).Share(new TrainingMoment(epoch, 10)),
            Is.EqualTo(share).Within(1e-12));

    [Test]
    public void Cycles_need_not_be_whole_epochs() =>
        Assert.That(KlWarmup.Cyclical(cycles: 4, rise: 0.5f).Share(new TrainingMoment(2.75, 10)),
            Is.EqualTo(0.2).Within(1e-12));

    [Test]
    public void Parameters_out_of_their_range_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => KlWarmup.Linear(0),
                Refused("KlWarmup.Linear: epochs is 0; it must be at least 1. (Parameter 'epochs')"));
            Assert.That(() => KlWarmup.Cyclical(0),
                Refused("KlWarmup.Cyclical: cycles is 0; it must be at least 1. (Parameter 'cycles')"));
            Assert.That(() => KlWarmup.Cyclical(4, 0),
                Refused("KlWarmup.Cyclical: rise is 0; it must be above 0. (Parameter 'rise')"));
            Assert.That(() => KlWarmup.Cyclical(4, 1.5f),
                Refused("KlWarmup.Cyclical: rise is 1.5; it must be at most 1. (Parameter 'rise')"));
            Assert.That(() => KlWarmup.Cyclical(4, float.NaN),
                Refused("KlWarmup.Cyclical: rise is NaN; it must be a finite number. (Parameter 'rise')"));
        });

        static NUnit.Framework.Constraints.Constraint Refused(string message) =>
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message);
    }
}
