using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Likelihoods;

/// <summary>ln p(x|z) in nats, against formulas written out in double.</summary>
internal sealed class LogProbabilityTests : TensorTests
{
    private static readonly float[][] Targets = [[0.2f, 0.9f, 0, 1], [0.5f, 0.1f, 1, 0.7f]];
    private static readonly float[][] Outputs = [[0.3f, 0.8f, -2, 4], [0.5f, -1, 0.5f, 0]];

    [Test]
    public void Of_Bernoulli_variables_whose_log_odds_are_given()
    {
        using BoundNetwork weights = Passes.Network(2, 2, 4, new BernoulliLikelihood());

        Assert.That(LogProbability(new BernoulliLikelihood(), weights, ForwardMode.Prediction),
            Is.EqualTo(Rows((x, l) =>
        {
            double y = 1 / (1 + Math.Exp(-l));
            return x * Math.Log(y) + (1 - x) * Math.Log(1 - y);
        })).Within(1e-5));
    }

    [TestCase(1f)]
    [TestCase(0.04f)]
    [TestCase(9f)]
    public void Of_normal_variables_of_a_given_variance(float variance)
    {
        var likelihood = new GaussianLikelihood(variance);
        using BoundNetwork weights = Passes.Network(2, 2, 4, likelihood);

        Assert.That(LogProbability(likelihood, weights, ForwardMode.Prediction),
            Is.EqualTo(Normal(variance)).Within(2e-4));
    }

    [Test]
    public void Of_normal_variables_in_training_with_the_batch_s_own_variance()
    {
        var likelihood = new LearnedGaussianLikelihood();
        using BoundNetwork weights = Passes.Network(2, 2, 4, likelihood);
        using var random = new Generator(1);

        Assert.That(LogProbability(likelihood, weights, ForwardMode.Training(random)),
            Is.EqualTo(Normal(MeanSquare(Outputs))).Within(1e-4));
    }

    [Test]
    public void The_batch_s_own_variance_is_the_most_likely_one()
    {
        double own = MeanSquare(Outputs);

        Assert.That(new[] { 0.8, 0.99, 1.01, 1.3 }.Select(factor => Normal(factor * own).Sum()),
            Has.All.LessThan(Normal(own).Sum()));
    }

    [Test]
    public void No_gradient_is_lost_where_the_variance_is_the_batch_s_own()
    {
        // d/dy of D/2 ln(mean error) is what the whole formula gives, and what remains when σ² is held fixed.
        var likelihood = new LearnedGaussianLikelihood();
        using BoundNetwork weights = Passes.Network(2, 2, 4, likelihood);
        using var random = new Generator(1);
        Tensor output = Table(Outputs).requires_grad_();

        likelihood.LogProbability(likelihood.RowError(Table(Targets), output), 4, weights, ForwardMode.Training(random))
            .mean().backward();

        double variance = MeanSquare(Outputs);
        Assert.That(output.grad!.Doubles(), Is.EqualTo(Targets.Zip(Outputs, (target, row) =>
            target.Zip(row, (x, y) => (x - y) / variance / Targets.Length)).SelectMany(row => row)).Within(1e-5));
    }

    [Test]
    public void The_first_batch_sets_the_running_variance_and_each_other_moves_it_by_a_tenth()
    {
        var likelihood = new LearnedGaussianLikelihood();
        using BoundNetwork weights = Passes.Network(2, 2, 4, likelihood);
        using var random = new Generator(1);
        Tensor variance = weights[LearnedGaussianLikelihood.VarianceName];

        likelihood.LogProbability(Errors(4, 6), 4, weights, ForwardMode.Training(random));
        Assert.That(variance.item<float>(), Is.EqualTo(5).Within(1e-6));
        likelihood.LogProbability(Errors(15, 15), 4, weights, ForwardMode.Training(random));
        Assert.That(variance.item<float>(), Is.EqualTo(6).Within(1e-5));
        likelihood.LogProbability(Errors(1, 1), 4, weights, ForwardMode.Training(random));
        Assert.That(variance.item<float>(), Is.EqualTo(5.5).Within(1e-5));
    }

    [Test]
    public void Prediction_takes_the_running_variance_and_leaves_it()
    {
        var likelihood = new LearnedGaussianLikelihood();
        using BoundNetwork weights = Passes.Network(2, 2, 4, likelihood);
        using var random = new Generator(1);
        likelihood.LogProbability(Errors(0.3f, 0.5f), 4, weights, ForwardMode.Training(random));

        double[] measured = LogProbability(likelihood, weights, ForwardMode.Prediction);

        Assert.That(measured, Is.EqualTo(Normal(0.4)).Within(1e-4));
        Assert.That(weights[LearnedGaussianLikelihood.VarianceName].item<float>(), Is.EqualTo(0.4f).Within(1e-6));
    }

    [Test]
    public void A_reconstruction_without_error_is_likely_but_not_infinitely()
    {
        var likelihood = new LearnedGaussianLikelihood();
        using BoundNetwork weights = Passes.Network(2, 2, 4, likelihood);
        using var random = new Generator(1);

        double training = likelihood.LogProbability(Errors(0), 4, weights, ForwardMode.Training(random)).item<float>();
        double prediction = likelihood.LogProbability(Errors(0), 4, weights, ForwardMode.Prediction).item<float>();

        Assert.That(new[] { training, prediction },
            Is.EqualTo(Enumerable.Repeat(-2 * Math.Log(2 * Math.PI * 1e-10), 2)).Within(1e-3));
    }

    [Test]
    public void Several_codes_a_row_are_each_compared_with_their_own_row()
    {
        // A decoder that gives each code as the row.
        NetworkPlan plan = Network.Compose(layers => layers.Linear(2), layers => layers.Linear(2))
            .Plan(2, 2, 2, endInSigmoid: false);
        using BoundNetwork weights = BoundNetwork.Create(plan, CPU,
            (spec, values) => values.copy_(spec.Shape.Length == 2 ? eye(2) : zeros(spec.Shape)));
        Tensor codes = stack([Table([1, 2], [3, 4], [5, 6]), Table([0, 0], [1, 1], [2, 2])]); // [2, 3, 2]

        Tensor found = new GaussianLikelihood()
            .LogProbability(new RowBatch(Table([1, 2], [3, 4], [5, 8])), codes, weights, ForwardMode.Prediction);

        double none = -Math.Log(2 * Math.PI);
        Assert.Multiple(() =>
        {
            Assert.That(found.shape, Is.EqualTo(new long[] { 2, 3 }));
            Assert.That(found.Doubles(), Is.EqualTo(new[] { none, none, none - 2, none - 2.5, none - 6.5, none - 22.5 })
                .Within(1e-5));
        });
    }

    private static IEnumerable<TestCaseData> Likelihoods()
    {
        yield return new TestCaseData(new BernoulliLikelihood()).SetArgDisplayNames("Bernoulli");
        yield return new TestCaseData(new GaussianLikelihood(0.3f)).SetArgDisplayNames("Gaussian");
        yield return new TestCaseData(new LearnedGaussianLikelihood()).SetArgDisplayNames("learned Gaussian");
    }

    [TestCaseSource(nameof(Likelihoods))]
    public void The_loss_of_the_mean_is_that_of_a_model_that_always_gives_it(object boxed)
    {
        var likelihood = (Likelihood)boxed;
        using BoundNetwork weights = Passes.Network(2, 2, 6, likelihood);
        using var random = new Generator(1);
        Tensor rows = Uniform([50, 6]);
        Tensor mean = rows.mean([0], keepdim: true);
        Tensor output = (likelihood.NeedsUnitInterval ? mean.logit() : mean).expand(50, 6);

        double expected = -likelihood.LogProbability(likelihood.RowError(rows, output), 6, weights,
            ForwardMode.Training(random)).mean().item<float>();

        Assert.That(likelihood.NegativeLogProbabilityOfMean(likelihood.ErrorOfMean(rows), 6),
            Is.EqualTo(expected).Within(1e-4));
    }

    [TestCaseSource(nameof(Likelihoods))]
    public void A_sum_over_slots_grows_with_them(object boxed)
    {
        var likelihood = (Likelihood)boxed;

        Assert.That(likelihood.NegativeLogProbabilityOfMean(0.4, 60),
            Is.EqualTo(10 * likelihood.NegativeLogProbabilityOfMean(0.4, 6)).Within(1e-9));
    }

    private static double[] LogProbability(Likelihood likelihood, BoundNetwork weights, ForwardMode mode) =>
        likelihood.LogProbability(likelihood.RowError(Table(Targets), Table(Outputs)), 4, weights, mode).Doubles();

    private static Tensor Errors(params float[] errors) => tensor(errors);

    private static double[] Normal(double variance) =>
        Rows((x, y) => -Math.Log(2 * Math.PI * variance) / 2 - (x - y) * (x - y) / (2 * variance));

    private static double MeanSquare(float[][] outputs) =>
        Targets.Zip(outputs, (target, row) => target.Zip(row, (x, y) => ((double)x - y) * ((double)x - y)).Average())
            .Average();

    private static double[] Rows(Func<double, double, double> logProbability) =>
        [.. Targets.Zip(Outputs, (target, row) => target.Zip(row, (x, y) => logProbability(x, y)).Sum())];
}
