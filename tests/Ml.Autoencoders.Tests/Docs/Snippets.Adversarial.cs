using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the pages on adversarial and on vector-quantized autoencoders.</content>
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

    [Test]
    public void Vector_quantized_codes_become_one_hot()
    {
        var pipeline = ml.Transforms.Autoencoders.VectorQuantized("Code", "Pixels", new()
        {
            CodeSize = 32,
            CodebookSize = 64,
            CodeIndicesColumnName = "Indices",
            Network = Network.Dense(256),
            Training = new() { Epochs = 2 },
        })
            .Append(ml.Transforms.Conversion.MapKeyToVector("OneHot", "Indices"));
        var model = pipeline.Fit(digits);
        uint[][] indices = [.. model.Transform(digits).GetColumn<uint[]>("Indices")];   // 8 keys from 1 to 64 per row
        float[][] oneHot = [.. model.Transform(digits).GetColumn<float[]>("OneHot")];
        double used = model.GetAutoencoder("Code").History[^1].Training.Terms["perplexity"];
        model.Dispose();
        Assert.That(indices, Has.All.Length.EqualTo(8));
        Assert.That(oneHot.Select(row => row.Sum()), Has.All.EqualTo(8));
        Assert.That(used, Is.InRange(1, 64));
    }
}
