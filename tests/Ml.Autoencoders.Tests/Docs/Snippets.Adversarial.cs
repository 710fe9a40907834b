using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Example of the page on adversarial autoencoders.</content>
public partial class Snippets
{
    [Test]
    public void Adversarial_codes_have_the_prior_that_is_asked_for()
    {
        AutoencoderTransformer adversarial = ml.Transforms.Autoencoders.Adversarial("Code", "Pixels", new()
        {
            CodeSize = 2,
            Prior = CodePrior.Ring(components: 10),
            Network = Network.Dense(256),
            Training = new() { Epochs = 2, OnEpoch = epoch => Console.WriteLine(epoch) },
        }).Fit(digits);
        float[][] codes = [.. adversarial.Transform(digits).GetColumn<float[]>("Code")];
        CodePrior? prior = adversarial.Prior;
        adversarial.Dispose();
        Assert.That(codes, Has.Length.EqualTo(1000).And.All.Length.EqualTo(2));
        Assert.That(prior, Is.EqualTo(CodePrior.Ring(components: 10)));
    }
}
