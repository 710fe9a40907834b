using Microsoft.ML;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

internal sealed class ImportanceWeightedObjectiveTests : TensorTests
{
    [Test]
    public void The_reconstruction_is_only_reported()
    {
        IReadOnlyList<LossTerm> terms = Terms(samples: 3);

        Assert.That(terms.Select(term => (term.Name, term.Weight)),
            Is.EqualTo(new[] { ("reconstruction", 0.0), ("importance-weighted bound", 1.0) }));
        // A decoder that always gives 0: the same for every draw.
        Assert.That(terms[0].Value.item<float>(), Is.EqualTo(Math.Log(2 * Math.PI) + 3.0 / 2).Within(1e-5));
    }

    [Test]
    public void With_the_prior_as_posterior_every_draw_weighs_the_same()
    {
        // ln w = ln p(x|z) + ln p(z) - ln q(z), of which the last two cancel.
        IReadOnlyList<LossTerm> terms = Terms(samples: 7, encoded: zeros(2, 4));

        Assert.That(terms[1].Value.item<float>(), Is.EqualTo(terms[0].Value.item<float>()).Within(1e-5));
    }

    [Test]
    public void The_option_is_what_is_drawn()
    {
        double total = Total(1);

        Assert.Multiple(() =>
        {
            Assert.That(Total(1), Is.EqualTo(total), "the same draws");
            Assert.That(Total(2), Is.Not.EqualTo(total).Within(1e-3));
            Assert.That(Total(50),
                Is.LessThan(Enumerable.Range(0, 50)
                    .Average(seed => Terms(1, seed: (ulong)seed)[1].Value.item<float>())));
        });

        static double Total(int samples) => Terms(samples)[1].Value.item<float>();
    }

    [Test]
    public void The_option_counts_in_a_fit()
    {
        var ml = new MLContext();
        IDataView rows = Rows.View(ml, 60);
        using AutoencoderTransformer one = Fit(1);
        using AutoencoderTransformer five = Fit(5);

        Assert.That(five.History[^1].Training.Terms.Keys,
            Is.EqualTo(new[] { "reconstruction", "importance-weighted bound" }));
        Assert.That(five.History[^1].Training.Total,
            Is.EqualTo(five.History[^1].Training.Terms["importance-weighted bound"]).Within(1e-9));
        Assert.That(five.History[0].Training.Total, Is.Not.EqualTo(one.History[0].Training.Total).Within(1e-4));
        Assert.That(Bits.OfVectors(five.Transform(rows), "Code"),
            Is.Not.EqualTo(Bits.OfVectors(one.Transform(rows), "Code")));

        AutoencoderTransformer Fit(int samples) =>
            ml.Transforms.Autoencoders.ImportanceWeighted("Code", "Features", new()
            {
                CodeSize = Stage.CodeSize,
                Network = Small.Network,
                Training = Small.Training(),
                Samples = samples,
            }).Fit(rows);
    }

    private static IReadOnlyList<LossTerm> Terms(int samples, Tensor? encoded = null, ulong seed = 1)
    {
        var objective = new ImportanceWeightedObjective(new GaussianLikelihood(), samples);
        using BoundNetwork network = Passes.Network(4, 2, 2, objective.Likelihood);
        using var noise = new Generator(seed);
        return objective.Steps().Single().Loss(Passes.Make(network, new GaussianBottleneck(), objective.Likelihood,
            target: Table([1, 1], [2, 0]), encoded: encoded ?? Table([1, 0, 0, 0.5f], [2, 0.5f, -1, 0]), noise));
    }
}
