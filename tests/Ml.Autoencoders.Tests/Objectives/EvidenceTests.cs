using Microsoft.ML.Data;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Scoring;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

/// <summary>The bounds of ln p(x), against a model whose ln p(x) is known.</summary>
internal sealed class EvidenceTests : TensorTests
{
    private static readonly float[][] Rows = [.. LinearGaussian.Rows.Floats().Chunk(3)];

    [Test]
    public void With_the_true_posterior_every_draw_gives_the_likelihood_itself()
    {
        using AutoencoderModel model = LinearGaussian.Model();
        double[] expected = [.. Rows.Select(LinearGaussian.LogLikelihood)];

        Assert.That(LogWeights(model, draws: 50).Doubles(),
            Is.EqualTo(Enumerable.Repeat(expected, 50).SelectMany(row => row)).Within(2e-5));
    }

    [TestCase(0.7f)]
    [TestCase(-1f)]
    public void The_mean_of_one_draw_is_the_evidence_lower_bound(float widening)
    {
        using AutoencoderModel model = LinearGaussian.Model(widening);

        double[] bounds = ImportanceWeights.Bound(LogWeights(model, 40_000).reshape(1, -1)).reshape(40_000, 3)
            .mean([0]).Doubles();

        Assert.That(bounds, Is.EqualTo(Rows.Select(row => LinearGaussian.EvidenceLowerBound(row, widening)))
            .Within(0.02));
    }

    [Test]
    public void The_bound_rises_with_the_draws_towards_the_likelihood()
    {
        const float Widening = 1.2f;
        using AutoencoderModel model = LinearGaussian.Model(Widening);
        Tensor weights = LogWeights(model, 60_000); // [60,000, 3]

        double[] bounds = [.. new[] { 1, 3, 10, 100 }.Select(draws =>
            ImportanceWeights.Bound(weights.reshape(draws, -1)).mean().item<float>()).Select(bound => (double)bound)];

        double truth = Rows.Average(LinearGaussian.LogLikelihood);
        double lowerBound = Rows.Average(row => LinearGaussian.EvidenceLowerBound(row, Widening));
        Assert.That(bounds[0], Is.EqualTo(lowerBound).Within(0.02));
        Assert.That(bounds.Zip(bounds.Skip(1), (fewer, more) => more - fewer), Has.All.GreaterThan(0.03));
        Assert.That(bounds[^1], Is.EqualTo(truth).Within(0.03));
    }

    [Test]
    public void The_objective_of_one_draw_is_that_of_the_evidence_lower_bound_on_average()
    {
        using AutoencoderModel model = LinearGaussian.Model(0.5f);
        using var noise = new Generator(3);
        var likelihood = new GaussianLikelihood(LinearGaussian.Variance);
        Tensor rows = LinearGaussian.Rows.repeat(5000, 1);

        double elbo = Total(new VariationalObjective(likelihood, 1, KlWarmup.None, 0));
        double one = Total(new ImportanceWeightedObjective(likelihood, 1));
        double many = Total(new ImportanceWeightedObjective(likelihood, 20));

        Assert.That(one, Is.EqualTo(elbo).Within(0.03));
        Assert.That(elbo, Is.EqualTo(-Rows.Average(row => LinearGaussian.EvidenceLowerBound(row, 0.5))).Within(0.02));
        Assert.That(many, Is.EqualTo(-Rows.Average(LinearGaussian.LogLikelihood)).Within(0.02));

        double Total(Objective objective) => objective.Steps().Single()
            .Loss(new TrainingPass(model.Weights, new GaussianBottleneck(), likelihood, new RowBatch(rows), () => rows,
                ForwardMode.Training(noise), noise))
            .Sum(term => term.Value.item<float>() * term.Weight);
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(3000)]
    public void Importance_sampling_gives_the_likelihood_however_it_is_cut_into_blocks(int samples)
    {
        using AutoencoderModel model = LinearGaussian.Model();

        Assert.That(model.Score(new RowBatch(LinearGaussian.Rows), NoiseOf(3))
            .LogLikelihood(samples, maxRows: 3).Doubles(),
            Is.EqualTo(Rows.Select(LinearGaussian.LogLikelihood)).Within(3e-5));
    }

    [Test]
    public void Importance_sampling_from_a_wrong_posterior_comes_near_the_likelihood_over_many_blocks()
    {
        using AutoencoderModel model = LinearGaussian.Model(1);
        Tensor many = LinearGaussian.Rows.repeat(300, 1);

        // 900 rows of 3 numbers: blocks of 1,553 draws, so two.
        double[] found = model.Score(new RowBatch(many), NoiseOf(900)).LogLikelihood(3000, maxRows: 900).reshape(300, 3)
            .mean([0]).Doubles();

        Assert.That(found, Is.EqualTo(Rows.Select(LinearGaussian.LogLikelihood)).Within(0.005));
    }

    [Test]
    public void The_scored_bound_of_the_true_posterior_is_the_likelihood()
    {
        using AutoencoderModel model = LinearGaussian.Model();

        TorchPrediction scores = model.Score(new RowBatch(LinearGaussian.Rows),
            new GivenNoise(Uniform([3, 2], -2, 2).Floats()));
        Tensor exact = ImportanceWeights.Log(LogLikelihood(model, scores.Sample.unsqueeze(0)),
            DiagonalGaussian<TorchArray>.StandardLogDensity(scores.Sample.unsqueeze(0)),
            Posterior(model).LogDensity(scores.Sample.unsqueeze(0)));

        Assert.That(exact.Doubles(), Is.EqualTo(Rows.Select(LinearGaussian.LogLikelihood)).Within(2e-5));
        // The analytic KL takes the place of its estimate by the same draw.
        Assert.That(scores.EvidenceLowerBound.Doubles(), Is.EqualTo(
            (LogLikelihood(model, scores.Sample.unsqueeze(0)).squeeze(0)
                - Posterior(model).Divergence().Tensor.sum([1]))
                .Doubles()).Within(1e-6));
    }

    private static RowNoise NoiseOf(int rows) =>
        new(1, Enumerable.Range(0, rows).Select(row => new DataViewRowId((ulong)row, 0)).ToArray());

    /// <summary><c>[draws, 3]</c>.</summary>
    private static Tensor LogWeights(AutoencoderModel model, int draws)
    {
        using var random = new Generator(2);
        DiagonalGaussian<TorchArray> posterior = Posterior(model);
        Tensor codes = posterior.Sample(empty(draws, 3, 2).normal_(0, 1, random));
        return ImportanceWeights.Log(LogLikelihood(model, codes),
            DiagonalGaussian<TorchArray>.StandardLogDensity(codes),
            posterior.LogDensity(codes));
    }

    private static DiagonalGaussian<TorchArray> Posterior(AutoencoderModel model) =>
        DiagonalGaussian<TorchArray>.Of(model.Weights.Encode(LinearGaussian.Rows, ForwardMode.Prediction).detach());

    private static Tensor LogLikelihood(AutoencoderModel model, Tensor codes) => model.Definition.Objective.Likelihood
        .LogProbability(new RowBatch(LinearGaussian.Rows), codes, model.Weights, ForwardMode.Prediction).detach();
}
