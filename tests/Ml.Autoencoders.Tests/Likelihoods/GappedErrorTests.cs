using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Likelihoods;

/// <summary>Errors and likelihoods of rows in which values are missing.</summary>
internal sealed class GappedErrorTests : TensorTests
{
    private static readonly Likelihood[] Both = [new GaussianLikelihood(), new BernoulliLikelihood()];

    [Test]
    public void The_squared_error_is_the_mean_over_the_slots_that_are_there()
    {
        GappedRows<TorchArray> rows = Gapped(Table([1, float.NaN, 4], [float.NaN, 2, float.NaN],
            [float.NaN, float.NaN, float.NaN]));
        Tensor output = Table([2, 100, 2], [7, 5, 9], [1, 1, 1]);
        Assert.That(new GaussianLikelihood().RowError(rows, output).Floats(),
            Is.EqualTo(new[] { (1 + 4) / 2f, 9, 0 }).Within(1e-6));
        Assert.That(rows.Marked.Floats(),
            Is.EqualTo(new float[] { 1, 0, 4, 0, 1, 0, 0, 2, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1 }));
    }

    [Test]
    public void The_cross_entropy_is_the_mean_over_the_slots_that_are_there()
    {
        GappedRows<TorchArray> rows = Gapped(Table([1, float.NaN, 0, 0.25f]));
        double expected = (Math.Log(1 + Math.Exp(-2)) + Math.Log(1 + Math.Exp(1))
            + Math.Log(1 + Math.Exp(-3)) + 0.75 * 3) / 3;
        Assert.That(new BernoulliLikelihood().RowError(rows, Table([2, 50, 1, 3])).Doubles(),
            Is.EqualTo(new[] { expected }).Within(1e-6));
    }

    [TestCaseSource(nameof(Both))]
    public void A_row_in_managed_memory_has_the_same_error(Likelihood likelihood)
    {
        Tensor values = Uniform([20, 13]);
        Tensor gaps = Uniform([20, 13], seed: 2).lt(tensor(0.4f));
        Tensor output = Uniform([20, 13], -2, 2, seed: 3);
        values = values.masked_fill(gaps, float.NaN);
        float[] expected = likelihood.RowError(Gapped(values), output).Floats();
        float[] marks = gaps.to(ScalarType.Float32).Floats();
        float[] filled = Gapped(values).Values.Floats();
        var errors = new float[13];
        for (int row = 0; row < 20; row++)
        {
            float found = likelihood.RowError(filled.AsSpan(row * 13, 13), marks.AsSpan(row * 13, 13),
                output.Floats().AsSpan(row * 13, 13), errors);
            Assert.That(found, Is.EqualTo(expected[row]).Within(1e-5));
            Assert.That(errors.Where((_, slot) => marks[row * 13 + slot] == 1), Has.All.Zero);
        }
    }

    [TestCaseSource(nameof(Both))]
    public void No_gradient_comes_from_a_gap_and_the_others_are_finite_differences(Likelihood likelihood)
    {
        Tensor rows = Uniform([2, 5], type: ScalarType.Float64);
        rows[0, 1] = double.NaN;
        rows[1, 3] = double.NaN;
        rows[1, 4] = double.NaN;
        Tensor output = Uniform([2, 5], -2, 2, seed: 4, type: ScalarType.Float64).requires_grad_();
        likelihood.RowError(Gapped(rows), output).Tensor.sum().backward();
        double[] gradient = output.grad!.Doubles();

        const double Step = 1e-5;
        using IDisposable noGrad = no_grad();
        for (int i = 0; i < 10; i++)
        {
            Tensor step = zeros([10], dtype: ScalarType.Float64);
            step[i] = Step;
            step = step.reshape(2, 5);
            double slope = (likelihood.RowError(Gapped(rows), output + step).Tensor.sum()
                - likelihood.RowError(Gapped(rows), output - step).Tensor.sum()).item<double>() / (2 * Step);
            Assert.That(gradient[i], Is.EqualTo(slope).Within(1e-7), $"slot {i}");
        }
        Assert.That(new[] { gradient[1], gradient[8], gradient[9] }, Has.All.Zero);
        Assert.That(gradient.Where((_, i) => i is not (1 or 8 or 9)), Has.None.Zero);
    }

    [Test]
    public void The_log_likelihood_is_that_of_the_slots_that_are_there()
    {
        var likelihood = new GaussianLikelihood(0.5f);
        using BoundNetwork weights = Weights(likelihood);
        GappedRows<TorchArray> rows = Gapped(Table([1, float.NaN, 4], [float.NaN, float.NaN, float.NaN]));
        TorchArray output = Table([2, 100, 2], [1, 1, 1]);
        double expected = -0.5 * (2 * Math.Log(2 * Math.PI * 0.5) + (1 + 4) / 0.5);
        Assert.That(likelihood.LogProbability(rows, likelihood.RowError(rows, output), weights,
            ForwardMode.Prediction).Doubles(), Is.EqualTo(new[] { expected, 0 }).Within(1e-5));
    }

    [Test]
    public void A_learned_variance_is_the_mean_over_all_slots_that_are_there()
    {
        var likelihood = new LearnedGaussianLikelihood();
        using BoundNetwork weights = Weights(likelihood);
        using var random = new Generator(1);
        GappedRows<TorchArray> rows = Gapped(Table([1, float.NaN, 4], [float.NaN, 2, float.NaN]));
        TorchArray output = Table([2, 100, 2], [7, 5, 9]);
        const double Variance = (1 + 4 + 9) / 3.0;
        double[] found = likelihood.LogProbability(rows, likelihood.RowError(rows, output), weights,
            ForwardMode.Training(random)).Doubles();
        Assert.That(found, Is.EqualTo(new[]
        {
            -0.5 * (2 * Math.Log(2 * Math.PI * Variance) + 5 / Variance),
            -0.5 * (Math.Log(2 * Math.PI * Variance) + 9 / Variance),
        }).Within(1e-5));
        Assert.That(weights[LearnedGaussianLikelihood.VarianceName].Doubles(),
            Is.EqualTo(new[] { Variance }).Within(1e-5));
    }

    [TestCaseSource(nameof(Both))]
    public void The_error_of_the_mean_row_is_that_of_the_slots_that_are_there(Likelihood likelihood)
    {
        Tensor rows = Table([0.2f, float.NaN], [0.6f, 0.5f], [float.NaN, 0.5f]);
        Tensor mean = Table([0.4f, 0.5f]);
        Tensor output = (likelihood.TakesLogits ? mean.logit() : mean).expand(3, 2);
        double expected = likelihood.SlotErrors(Gapped(rows).Values.Tensor, output).Doubles()
            .Where((_, i) => i is not (1 or 4)).Average();
        Assert.That(likelihood.ErrorOfMean(rows), Is.EqualTo(expected).Within(1e-5));
    }

    [TestCaseSource(nameof(Both))]
    public void The_error_of_the_mean_row_is_as_a_loss_that_of_rows_whatever_gaps_they_have(Likelihood likelihood)
    {
        Tensor rows = Table([0.2f, float.NaN], [0.6f, 0.5f], [float.NaN, 0.9f], [float.NaN, float.NaN]);
        Tensor mean = Table([0.4f, 0.7f]);
        Tensor output = (likelihood.TakesLogits ? mean.logit() : mean).expand(4, 2);
        double[] errors = likelihood.SlotErrors(Gapped(rows).Values.Tensor, output).Doubles();
        Assert.That(likelihood.RowErrorOfMean(rows),
            Is.EqualTo((errors[0] + (errors[2] + errors[3]) / 2 + errors[5]) / 4).Within(1e-5));
        Assert.That(new ReconstructionObjective(likelihood).ReconstructionOfMean(rows),
            Is.EqualTo(likelihood.RowError(Gapped(rows), output).Tensor.mean().item<float>()).Within(1e-5));
    }

    private static GappedRows<TorchArray> Gapped(Tensor rows) => GappedRows<TorchArray>.Of(rows, mayHaveGaps: true);

    private static BoundNetwork Weights(Likelihood likelihood)
    {
        using var random = new Generator(1);
        return BoundNetwork.Initialize(Network.Dense().Plan(3, 2, 2, endInSigmoid: false), random, CPU,
            likelihood.Parameters);
    }
}
