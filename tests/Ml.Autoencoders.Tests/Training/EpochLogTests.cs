using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>Epochs that get a line in the log.</summary>
internal sealed class EpochLogTests
{
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(100)]
    public void All_of_up_to_a_hundred(int epochs) => Assert.That(Taken(epochs, seconds: 0), Has.Count.EqualTo(epochs));

    [TestCase(101)]
    [TestCase(150)]
    [TestCase(1_234)]
    [TestCase(1_000_000)]
    public void A_hundred_of_more_the_last_among_them(int epochs)
    {
        List<int> taken = Taken(epochs, seconds: 0);
        Assert.That(taken, Has.Count.EqualTo(100));
        Assert.That(taken[^1], Is.EqualTo(epochs));
    }

    [Test]
    public void Each_that_takes_long_and_one_every_few_seconds_of_those_that_do_not()
    {
        Assert.That(Taken(300, seconds: 5), Has.Count.EqualTo(300));
        // A hundredth is 100 epochs, which take 10 seconds; every fifth second is the 50th.
        List<int> taken = Taken(10_000, seconds: 0.1);
        Assert.That(taken, Is.EqualTo(Enumerable.Range(1, 200).Select(i => i * 50)));
    }

    private static List<int> Taken(int epochs, double seconds)
    {
        var log = new EpochLog();
        var loss = new EpochLoss(1, new Dictionary<string, double> { ["reconstruction"] = 1 });
        return [.. Enumerable.Range(1, epochs).Where(i => log.Takes(new TrainingEpoch(i, epochs, loss, null, 0.1, 100,
            TimeSpan.FromSeconds(i * seconds), isBest: false)))];
    }
}
