using Ml.Autoencoders.Likelihoods;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Likelihoods;

/// <summary>What training moves by: the gradients of the losses, in float64.</summary>
internal sealed class LossGradientTests : TensorTests
{
    private const int Count = 4;
    private const int Size = 3;

    private static IEnumerable<TestCaseData> Formulas()
    {
        yield return new TestCaseData((Func<Tensor, Tensor, Tensor>)Losses.MeanSquaredError)
            .SetArgDisplayNames("mean squared error");
        yield return new TestCaseData((Func<Tensor, Tensor, Tensor>)Losses.BinaryCrossEntropyOfLogits)
            .SetArgDisplayNames("cross-entropy");
        yield return new TestCaseData((Func<Tensor, Tensor, Tensor>)((_, code) => Losses.MeanAbsolute(code)))
            .SetArgDisplayNames("mean absolute");
    }

    [TestCaseSource(nameof(Formulas))]
    public void A_gradient_is_the_limit_of_differences(Func<Tensor, Tensor, Tensor> loss)
    {
        const double Step = 1e-6;
        Tensor target = Uniform([Count, Size], seed: 1, type: ScalarType.Float64);
        double[] point = Uniform([Count, Size], -3, 3, seed: 2, type: ScalarType.Float64).Doubles();

        double[] gradient = Gradient(loss, target, point);

        double[] differences = [.. Enumerable.Range(0, point.Length)
            .Select(i => (At(i, Step) - At(i, -Step)) / (2 * Step))];
        Assert.That(gradient, Is.EqualTo(differences).Within(1e-7));

        double At(int i, double shift)
        {
            double[] moved = [.. point];
            moved[i] += shift;
            return loss(target, tensor(moved, [Count, Size])).sum().item<double>();
        }
    }

    [Test]
    public void The_gradient_of_the_mean_squared_error_is_twice_the_difference()
    {
        double[] gradient = Gradient(Losses.MeanSquaredError, tensor(new[] { 1.0, 2, 3 }, [1, Size]), [2, 2, -1]);

        Assert.That(gradient, Is.EqualTo(new[] { 2 / 3.0, 0, -8 / 3.0 }).Within(1e-12));
    }

    [Test]
    public void The_gradient_of_the_cross_entropy_is_the_difference_of_probabilities_also_far_out()
    {
        double[] gradient = Gradient(Losses.BinaryCrossEntropyOfLogits, tensor(new[] { 1.0, 0.25, 0 }, [1, Size]),
            [-100, 100, 0]);

        Assert.That(gradient, Is.EqualTo(new[] { -1 / 3.0, 0.75 / 3, 0.5 / 3 }).Within(1e-12));
    }

    private static double[] Gradient(Func<Tensor, Tensor, Tensor> loss, Tensor target, double[] point)
    {
        Tensor at = tensor(point, target.shape).requires_grad_();
        loss(target, at).sum().backward();
        return at.grad!.Doubles();
    }
}
