using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

/// <summary>The terms of the negative evidence lower bound, for a decoder that always gives 0.</summary>
internal sealed class VariationalObjectiveTests : TensorTests
{
    private const float Variance = 0.5f;

    /// <summary>Means and log-variances of two dimensions, two rows.</summary>
    private static readonly float[][] Encoded = [[1, 0, 0, 0], [2, 0.5f, -1, 0]];

    /// <summary>
    /// The mean over the rows of each dimension's divergence: (1 + 4 + e^-1 - 1 + 1) / 4 and 0.25 / 4.
    /// </summary>
    private static readonly double First = (5 + Math.Exp(-1)) / 4;
    private const double Second = 0.0625;

    [Test]
    public void The_terms_are_the_reconstruction_and_the_divergence()
    {
        IReadOnlyList<LossTerm> terms = Terms(new(new GaussianLikelihood(Variance), 1, KlWarmup.None, 0));

        // Squares of 1, 1 and of 2, 0.
        double reconstruction = Math.Log(2 * Math.PI * Variance) + (2.0 + 4) / 2 / (2 * Variance);
        Assert.Multiple(() =>
        {
            Assert.That(terms.Select(term => term.Name), Is.EqualTo(new[] { "reconstruction", "kl" }));
            Assert.That(terms.Select(term => (double)term.Value.item<float>()),
                Is.EqualTo(new[] { reconstruction, First + Second }).Within(1e-6));
            Assert.That(terms.Select(term => (term.Weight, term.Share)), Is.EqualTo(new[] { (1.0, 1.0), (1.0, 1.0) }));
        });
    }

    [Test]
    public void Bernoulli_variables_are_summed_over_the_slots()
    {
        var objective = new VariationalObjective(new BernoulliLikelihood(), 1, KlWarmup.None, 0);

        // Log-odds of 0 give each slot ln 2. The 2 in one of the two rows is 1 beyond what a Bernoulli variable can be:
        // rows that are trained on are checked for that, those that are only measured are not.
        Assert.That(Terms(objective)[0].Value.item<float>(), Is.EqualTo(2 * Math.Log(2)).Within(1e-6));
        Assert.That(Terms(objective, mode: ForwardMode.Prediction)[0].Value.item<float>(),
            Is.EqualTo(2 * Math.Log(2) + 1.0 / 2).Within(1e-6));
    }

    [TestCase(0f)]
    [TestCase(4f)]
    public void Beta_weighs_the_divergence_and_leaves_its_value(float beta)
    {
        LossTerm kl = Terms(new(new GaussianLikelihood(Variance), beta, KlWarmup.None, 0))[1];

        Assert.That((kl.Weight, kl.Share), Is.EqualTo(((double)beta, 1.0)));
        Assert.That(kl.Value.item<float>(), Is.EqualTo(First + Second).Within(1e-6));
    }

    [TestCase(0.05f)]
    [TestCase(0.1f)]
    [TestCase(3f)]
    public void Free_bits_count_what_a_dimension_has_beyond_them_on_average_over_the_batch(float free)
    {
        LossTerm kl = Terms(new(new GaussianLikelihood(Variance), 1, KlWarmup.None, free))[1];

        Assert.That(kl.Value.item<float>(), Is.EqualTo(Math.Max(First, free) + Math.Max(Second, free)).Within(1e-6));
    }

    [Test]
    public void A_dimension_within_its_free_bits_is_not_pulled()
    {
        Tensor encoded = Table(Encoded).requires_grad_();

        Terms(new(new GaussianLikelihood(Variance), 1, KlWarmup.None, 0.1f), encoded: encoded)[1].Value.backward();

        // Of μ²/2 + ..., a mean over two rows: μ / 2 and (e^l - 1) / 4 in the first dimension, nothing in the second.
        Assert.That(encoded.grad!.Doubles(),
            Is.EqualTo(new[] { 0.5, 0, 0, 0, 1, 0, (Math.Exp(-1) - 1) / 4, 0 }).Within(1e-6));
    }

    [Test]
    public void A_warm_up_says_what_share_of_the_weight_the_gradient_sees()
    {
        var objective = new VariationalObjective(new GaussianLikelihood(Variance), 2, KlWarmup.Linear(4), 0);
        LossTerm[] terms = [.. Terms(objective, new TrainingMoment(1, 10))];

        Assert.Multiple(() =>
        {
            Assert.That(terms.Select(term => (term.Weight, term.Share)), Is.EqualTo(new[] { (1.0, 1.0), (2.0, 0.25) }));
            Assert.That(terms[1].Value.item<float>(), Is.EqualTo(First + Second).Within(1e-6));
        });
    }

    [Test]
    public void A_loss_that_is_only_measured_has_the_whole_weight()
    {
        var objective = new VariationalObjective(new GaussianLikelihood(Variance), 2, KlWarmup.Linear(4), 0);

        Assert.That(Terms(objective, moment: null)[1].Share, Is.EqualTo(1));
    }

    [Test]
    public void Codes_are_drawn_and_not_only_their_means_decoded()
    {
        // A decoder y = z, so that the reconstruction error holds the draw's: E |x - z|² = |x -
        // μ|² + σ², for 20,000 rows.
        NetworkPlan plan = Network.Compose(layers => layers.Linear(2), layers => layers.Linear(1))
            .Plan(1, 2, 1, endInSigmoid: false);
        using BoundNetwork network = BoundNetwork.Create(plan, CPU, (spec, values) => values.copy_(spec.Name switch
        {
            "encoder.0.bias" => tensor(new[] { 0, (float)Math.Log(0.25) }),
            "decoder.0.weight" => ones(1, 1),
            _ => zeros(spec.Shape),
        }));
        using var noise = new Generator(1);
        var objective = new VariationalObjective(new GaussianLikelihood(), 1, KlWarmup.None, 0);

        double found = objective.Steps().Single()
            .Loss(Passes.Make(network, new GaussianBottleneck(), objective.Likelihood,
            target: full([20_000, 1], 3f), encoded: full([20_000, 1], 3f), noise))[0].Value.item<float>();

        Assert.That(found, Is.EqualTo((Math.Log(2 * Math.PI) + 9 + 0.25) / 2).Within(0.05));
    }

    [Test]
    public void The_loss_of_the_mean_row_is_in_nats_a_row() =>
        Assert.That(new VariationalObjective(new GaussianLikelihood(Variance), 1, KlWarmup.None, 0)
            .ReconstructionOfMean(Table([0, 4], [2, 4])),
            Is.EqualTo(Math.Log(2 * Math.PI * Variance) + 0.5 / Variance).Within(1e-6));

    private static IReadOnlyList<LossTerm> Terms(VariationalObjective objective, TrainingMoment? moment = null,
        Tensor? encoded = null, ForwardMode? mode = null)
    {
        using BoundNetwork network = Passes.Network(4, 2, 2, objective.Likelihood);
        using var noise = new Generator(1);
        return objective.Steps().Single().Loss(Passes.Make(network, new GaussianBottleneck(), objective.Likelihood,
            target: Table([1, 1], [2, 0]), encoded: encoded ?? Table(Encoded), noise, mode, moment));
    }
}
