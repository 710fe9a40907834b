namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Going on from a checkpoint.</content>
internal sealed partial class FamilyTests
{
    [Test]
    public void A_fit_that_ended_goes_on_to_the_same_weights()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions Training(Action<TrainingEpoch>? onEpoch = null, bool resumes = false) => new()
        {
            Epochs = 4,
            BatchSize = 16,
            Seed = 5,
            ValidationFraction = 0.2f,
            Checkpoint = new(folder.Path, everyEpochs: 2, every: TimeSpan.FromTicks(1)),
            ResumeFrom = resumes ? folder.Path : null,
            OnEpoch = onEpoch,
        };

        byte[] expected = WeightsOf(_ml,
            new TrainingOptions { Epochs = 4, BatchSize = 16, Seed = 5, ValidationFraction = 0.2f });
        // What is there then is the checkpoint behind the last batch of the epoch.
        Assert.That(() => WeightsOf(_ml, Training(_ => throw new InvalidDataException())),
            Throws.TypeOf<InvalidDataException>());
        Assert.That(() => WeightsOf(_ml,
            Training(epoch => _ = epoch.Epoch == 3 ? throw new TimeoutException() : 0, resumes: true)),
            Throws.TypeOf<TimeoutException>());
        Assert.That(WeightsOf(_ml, Training(resumes: true)), Is.EqualTo(expected));
        // A finished fit gives its model again.
        Assert.That(WeightsOf(_ml, Training(_ => throw new TimeoutException(), resumes: true)), Is.EqualTo(expected));
        Assert.That(Directory.GetFiles(folder.Path).Select(Path.GetFileName), Is.EqualTo(new[] { "checkpoint.zip" }));
    }
}
