using Microsoft.ML;
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

    [Test]
    public void One_that_is_remarkable_and_the_last_can_be_told_of_others()
    {
        var log = new EpochLog();
        Assert.Multiple(() =>
        {
            Assert.That(log.Takes(Epoch(1, 1_000)), Is.False);
            Assert.That(log.Omitted?.Epoch, Is.EqualTo(1));
            Assert.That(log.Takes(Epoch(2, 1_000), isRemarkable: true), Is.True);
            Assert.That(log.Omitted, Is.Null);
            Assert.That(log.Takes(Epoch(3, 1_000)), Is.False);
            Assert.That(log.Omitted?.Epoch, Is.EqualTo(3));
        });
    }

    [Test]
    public void A_long_fit_that_ends_early_has_a_line_for_its_last_epoch([Values] bool canceled)
    {
        using var source = new CancellationTokenSource();
        var ml = new MLContext(seed: 1);
        List<string> lines = [];
        ml.Log += (_, line) =>
        {
            if (line.RawMessage.StartsWith("epoch ", StringComparison.Ordinal))
                lines.Add(line.RawMessage[..line.RawMessage.IndexOf("  ", StringComparison.Ordinal)]);
        };
        PlainOptions options = Stage.Options() with
        {
            Training = new()
            {
                Epochs = 1_000,
                Seed = 3,
                EarlyStopping = canceled ? null : new EarlyStopping(patience: 2, minImprovement: 1e9),
                Cancellation = source.Token,
                OnEpoch = epoch =>
                {
                    if (canceled && epoch.Epoch == 3)
                        source.Cancel();
                },
            },
        };
        ml.Transforms.Autoencoders.Plain("Code", "Features", options).Fit(Rows.View(ml, 20)).Dispose();
        Assert.That(lines, Is.EqualTo(new[] { "epoch 3/1000" }));
    }

    private static TrainingEpoch Epoch(int number, int epochs, double seconds = 0) =>
        new(number, epochs, new EpochLoss(1, new Dictionary<string, double> { ["reconstruction"] = 1 }), null, 0.1, 100,
            TimeSpan.FromSeconds(seconds), isBest: false);

    private static List<int> Taken(int epochs, double seconds)
    {
        var log = new EpochLog();
        return [.. Enumerable.Range(1, epochs).Where(i => log.Takes(Epoch(i, epochs, i * seconds)))];
    }
}
