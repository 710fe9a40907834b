using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

internal sealed class VicRegLossTests : TensorTests
{
    /// <summary>Deviations from the means, 0.5 and 2: (-0.5, 0.5, 0) and (-2, -1, 3).</summary>
    private static Tensor Embeddings => Table([0, 0], [1, 1], [0.5f, 5]);

    [Test]
    public void Invariance_is_the_mean_squared_distance() =>
        // 1, 0, 4, 0, 0.25, 1 of six numbers.
        Assert.That(VicRegLoss.Invariance(Embeddings, Table([1, 0], [3, 1], [0, 4])).item<float>(),
            Is.EqualTo(6.25 / 6).Within(1e-6));

    [Test]
    public void Variance_is_what_deviations_lack_to_be_1() =>
        // The variances are 0.5 / 2 and 14 / 2; the second lacks nothing.
        Assert.That(VicRegLoss.Variance(Embeddings).item<float>(),
            Is.EqualTo((1 - Math.Sqrt(0.25 + 1e-4)) / 2).Within(1e-6));

    [Test]
    public void Covariance_is_that_of_each_pair_squared_once_in_each_order() =>
        // Cov = (1 - 0.5 + 0) / 2 = 0.25.
        Assert.That(VicRegLoss.Covariance(Embeddings).item<float>(), Is.EqualTo(2 * 0.0625 / 2).Within(1e-6));

    [Test]
    public void Numbers_that_vary_enough_and_do_not_correlate_cost_nothing()
    {
        // All corners of a cube with edges of 4, whose variances are 4 * 8 / 7.
        Tensor corners = Table([-2, -2, -2], [-2, -2, 2], [-2, 2, -2], [-2, 2, 2], [2, -2, -2], [2, -2, 2], [2, 2, -2],
            [2, 2, 2]);
        Assert.That(VicRegLoss.Variance(corners).item<float>(), Is.Zero);
        Assert.That(VicRegLoss.Covariance(corners).item<float>(), Is.Zero);
    }

    [Test]
    public void Embeddings_that_collapsed_have_a_finite_gradient()
    {
        Tensor same = ones([4, 3]).requires_grad_(true);

        Tensor loss = VicRegLoss.Variance(same);
        loss.backward();

        Assert.That(loss.item<float>(), Is.EqualTo(1 - Math.Sqrt(1e-4)).Within(1e-6));
        Assert.That(same.grad!.Floats(), Is.All.EqualTo(0));
    }

    [Test]
    public void Gradients_are_those_of_the_formulas()
    {
        Tensor rows = (rand([5, 3], dtype: ScalarType.Float64, generator: new Generator(4)) * 1.5).requires_grad_(true);
        Tensor other = rand([5, 3], dtype: ScalarType.Float64, generator: new Generator(5));

        Assert.Multiple(() =>
        {
            RequireGradient(rows, VicRegLoss.Variance);
            RequireGradient(rows, VicRegLoss.Covariance);
            RequireGradient(rows, one => VicRegLoss.Invariance(one, other));
        });
    }

    private static void RequireGradient(Tensor at, Func<Tensor, Tensor> loss)
    {
        const double Step = 1e-5;
        Tensor point = at.detach().requires_grad_(true);
        loss(point).backward();
        double[] found = [.. point.grad!.data<double>()];
        for (int i = 0; i < found.Length; i++)
        {
            double Moved(double step)
            {
                Tensor moved = at.detach().clone();
                moved.view(-1)[i] = moved.view(-1)[i] + step;
                return loss(moved).item<double>();
            }

            Assert.That(found[i], Is.EqualTo((Moved(Step) - Moved(-Step)) / (2 * Step)).Within(1e-6), $"number {i}");
        }
    }
}
