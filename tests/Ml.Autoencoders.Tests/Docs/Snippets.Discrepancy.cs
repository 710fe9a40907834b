using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the families whose codes are distributed like a prior, all of them together.</content>
public partial class Snippets
{
    [Test]
    public void A_Wasserstein_autoencoder_has_a_prior_of_choice()
    {
        AutoencoderTransformer wasserstein = ml.Transforms.Autoencoders.Wasserstein("Code", "Pixels", new()
        {
            CodeSize = 8,
            Prior = CodePrior.Ring(components: 10, radius: 4, standardDeviation: 0.5f),
            Network = Network.Dense(256),
            Training = new() { Epochs = 5, BatchSize = 128 },
        }).Fit(digits);
        float[][] codes = [.. wasserstein.Transform(digits).GetColumn<float[]>("Code")];
        double radius = codes.Average(code => Math.Sqrt(code[0] * code[0] + code[1] * code[1]));
        Console.WriteLine($"{radius:F1} from the middle; {wasserstein.History[^1]}");

        wasserstein.Dispose();
        Assert.That(wasserstein.Prior, Is.EqualTo(CodePrior.Ring(10, 4, 0.5f)));
        Assert.That(radius, Is.InRange(2, 6));
    }

    [Test]
    public void Codes_that_a_corruption_does_not_change()
    {
        AutoencoderTransformer vicReg = ml.Transforms.Autoencoders.VicReg("Code", "Pixels", new()
        {
            Corruption = Corruption.Warp().Then(Corruption.Masking(0.3f)),
            Network = Network.Dense(256),
            Image = new ImageFormat(height: 28, width: 28),
            Training = new() { Epochs = 5 },
        }).Fit(digits);
        float[][] codes = [.. vicReg.Transform(digits).GetColumn<float[]>("Code")];
        Console.WriteLine(vicReg.History[^1]);

        vicReg.Dispose();
        Assert.That(codes[0], Has.Length.EqualTo(32));
        Assert.That(vicReg.History[^1].Training.Terms["variance"],
            Is.LessThan(vicReg.History[0].Training.Terms["variance"]));
    }

    [Test]
    public void An_information_maximizing_autoencoder_weighs_each_code_and_all_of_them()
    {
        AutoencoderTransformer info = ml.Transforms.Autoencoders.InfoVariational("Code", "Pixels", new()
        {
            CodeSize = 8,
            Alpha = 0.5f,
            DiscrepancyWeight = 300,
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            LogVarianceColumnName = "LogVariance",
            Network = Network.Dense(256),
            Training = new() { Epochs = 5 },
        }).Fit(digits);
        IReadOnlyDictionary<string, double> terms = info.History[^1].Training.Terms;
        Console.WriteLine($"{terms["kl"]:F1} nats in a code, discrepancy {terms["discrepancy"]:F4}");

        info.Dispose();
        Assert.That(terms.Keys, Is.EqualTo(new[] { "reconstruction", "kl", "discrepancy" }));
    }

    [Test]
    public void The_parts_of_the_divergence_are_in_the_history()
    {
        AutoencoderTransformer independent = ml.Transforms.Autoencoders.TotalCorrelation("Code", "Pixels", new()
        {
            CodeSize = 8,
            Beta = 6,
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Network = Network.Dense(256),
            Training = new() { Epochs = 10 },
        }).Fit(digits);
        foreach ((string name, double value) in independent.History[^1].Training.Terms)
            Console.WriteLine($"{name}: {value:F2} nats");

        independent.Dispose();
        Assert.That(independent.History[^1].Training.Terms, Contains.Key("total correlation"));
    }
}
