using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>Early stopping beside a KL term that is phased in.</summary>
internal sealed class WarmupStoppingTests
{
    [TestCase(1, 10)]
    [TestCase(6, 10)]
    public void Patience_begins_behind_the_warm_up(int warmupEpochs, int epochs)
    {
        var ml = new MLContext(1);
        // An improvement that no epoch makes: the fit ends as soon as patience does.
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Small.Network,
            Warmup = KlWarmup.Linear(warmupEpochs),
            Training = new()
            {
                Epochs = epochs,
                BatchSize = 16,
                Seed = 7,
                EarlyStopping = new(patience: 2, minImprovement: 1e6),
            },
        }).Fit(Rows.View(ml, 40));

        // The last epoch with a share below 1 is the last of the warm-up.
        Assert.That(model.History, Has.Count.EqualTo(warmupEpochs + 2));
    }
}
