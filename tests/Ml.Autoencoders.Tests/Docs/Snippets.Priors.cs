using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of priors.</content>
public partial class Snippets
{
    [Test]
    public void A_prior_can_be_learned_or_be_the_codes_of_another_model()
    {
        AutoencoderTransformer learned = ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
        {
            CodeSize = 8,
            Network = Network.Dense(256),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Prior = CodePrior.Vamp(pseudoInputs: 50),    // or CodePrior.Flow()
            Training = new() { Epochs = 5 },
        }).Fit(digits);
        float[][] drawn = learned.Sample(count: 16, seed: 7);
        double likelihood = learned.LogLikelihood(digits, samples: 20).Average();

        CodeMixture mixture = learned.FitMixture(digits, components: 10);
        AutoencoderTransformer follower = ml.Transforms.Autoencoders.Wasserstein("Code", "Pixels", new()
        {
            CodeSize = 8,
            Network = Network.Dense(256),
            Prior = mixture,
            Training = new() { Epochs = 5 },
        }).Fit(digits);

        Assert.That(drawn, Has.Length.EqualTo(16));
        Assert.That(double.IsFinite(likelihood), Is.True);
        Assert.That(learned.Prior, Is.EqualTo(CodePrior.Vamp(50)));
        Assert.That(follower.Prior, Is.EqualTo(mixture));
        learned.Dispose();
        follower.Dispose();
    }
}
