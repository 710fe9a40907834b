using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

internal sealed class WassersteinObjectiveTests : TensorTests
{
    [Test]
    public void The_loss_is_the_error_summed_over_slots_and_the_weighted_discrepancy([Values] bool ring)
    {
        CodePrior prior = ring ? CodePrior.Ring() : CodePrior.Normal;
        // Against rows of 0, three slots a row: squared errors 3 and 12.
        Tensor target = Table([1, 1, 1], [2, 2, 2]);
        Tensor codes = Table([4, -4], [0, 1]);
        using var noise = new Generator(1);
        using var same = new Generator(1);

        IReadOnlyList<LossTerm> terms = Terms(new WassersteinObjective(new GaussianLikelihood(), 20, prior), target,
            codes, noise);

        double[][] draws = [.. prior.Draw(2, 2, same).Doubles().Chunk(2)];
        Assert.That(terms.Select(term => (term.Name, term.Weight, term.Share)),
            Is.EqualTo(new[] { ("reconstruction", 1.0, 1.0), ("discrepancy", 20.0, 1.0) }));
        Assert.That(terms.Select(term => term.Value.item<float>()),
            Is.EqualTo(new[] { 7.5, Codes.Discrepancy([[4, -4], [0, 1]], draws) }).Within(1e-5));
    }

    [Test]
    public void Cross_entropy_is_summed_over_slots_too()
    {
        using var noise = new Generator(1);

        IReadOnlyList<LossTerm> terms = Terms(new WassersteinObjective(new BernoulliLikelihood(), 1, CodePrior.Normal),
            Table([1, 0, 1], [0, 0, 1]), Table([4, -4], [0, 1]), noise);

        // The decoder's log-odds are 0: ln 2 for every slot.
        Assert.That(terms[0].Value.item<float>(), Is.EqualTo(3 * Math.Log(2)).Within(1e-5));
    }

    [Test]
    public void Every_pass_draws_afresh_from_the_prior()
    {
        using var noise = new Generator(1);

        float[] values = [.. Enumerable.Range(0, 2).Select(_ => Terms(
            new WassersteinObjective(new GaussianLikelihood(), 1, CodePrior.Normal), Table([1], [2]), Table([0], [1]),
            noise)[1].Value.item<float>())];

        Assert.That(values[0], Is.Not.EqualTo(values[1]));
    }

    [TestCase(ReconstructionLoss.MeanSquaredError)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy)]
    public void The_reconstruction_of_the_mean_row_is_in_the_unit_of_the_term(ReconstructionLoss loss)
    {
        var likelihood = Likelihood.Of(loss);
        Tensor rows = Uniform([50, 6]);
        Tensor mean = rows.mean([0], keepdim: true);
        Tensor output = (likelihood.NeedsUnitInterval ? mean.logit() : mean).expand(50, 6);

        double reconstruction = new WassersteinObjective(likelihood, 1, CodePrior.Normal).ReconstructionOfMean(rows);

        Assert.That(reconstruction, Is.EqualTo(6 * likelihood.RowError(rows, output).mean().item<float>())
            .Within(1e-5));
    }

    [Test]
    public void Codes_have_the_prior_and_one_row_has_no_pair()
    {
        CodePrior ring = CodePrior.Ring(components: 3);
        var objective = new WassersteinObjective(new GaussianLikelihood(), 1, ring);

        Assert.That((objective.Prior, objective.MinRows), Is.EqualTo((ring, 2)));
    }

    private static IReadOnlyList<LossTerm> Terms(WassersteinObjective objective, Tensor target, Tensor codes,
        Generator noise)
    {
        int codeSize = (int)codes.shape[1];
        using BoundNetwork network = Passes.Network(codeSize, codeSize, (int)target.shape[1], objective.Likelihood);
        return objective.Steps().Single()
            .Loss(Passes.Make(network, new DeterministicBottleneck(), objective.Likelihood, target, codes, noise));
    }
}
