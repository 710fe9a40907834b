using Ml.Autoencoders.Codes;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>A mixture that was fitted to codes as the prior of others.</summary>
internal sealed class CodeMixturePriorTests : TensorTests
{
    private static readonly CodeMixture Mixture = new([0.25, 0, 0.75],
    [
        new Gaussian([0, 0], [[1], [0, 1]]),
        new Gaussian([50, 50], [[1], [0, 1]]),
        new Gaussian([4, -4], [[2], [1, 2]]),
    ]);

    [Test]
    public void The_density_in_tensors_is_the_managed_one()
    {
        CodeMixture fitted = CodeMixture.Fit(Cluster.Codes(Cluster.Three, 500, seed: 9), 3, seed: 1);
        foreach (CodeMixture mixture in new[] { Mixture, fitted })
        {
            using var owned = new OwnedPrior(mixture, 2);
            float[][] codes = [.. mixture.Sample(50, 3), [0, 0], [-30, 40]];

            double[] found = owned.Bound.LogDensity(Table(codes)).Doubles();

            double[] expected = [.. codes.Select(mixture.LogDensity)];
            for (int i = 0; i < codes.Length; i++)
                Assert.That(found[i], Is.EqualTo(expected[i]).Within(1e-5 + 1e-6 * Math.Abs(expected[i])));
        }
    }

    [Test]
    public void Gradients_reach_the_codes()
    {
        using var owned = new OwnedPrior(new CodeMixture([1], [new Gaussian([1, 2], [[4], [0, 0.25]])]), 2);
        Tensor z = Table([3, 1]).requires_grad_(true);

        owned.Bound.LogDensity(z).sum().backward();

        // -(z - μ) / σ² in each dimension.
        Assert.That(z.grad!.Floats(), Is.EqualTo(new[] { -0.5f, 4 }).Within(1e-5));
    }

    [Test]
    public void Draws_have_the_moments_of_the_mixture([Values] bool areOneByOne)
    {
        const int Count = 40_000;
        using var owned = new OwnedPrior(Mixture, 2);
        using var random = new Generator(2);

        float[][] codes = [.. (areOneByOne ? owned.Draw(Count, 2) : owned.Bound.Draw(Count, random)).Floats().Chunk(2)];

        // Within components 0.25 * I + 0.75 * [2, 1; 1, 2], between them 0.25 * 0.75 * 16 * [1, -1; -1, 1].
        Moments moments = Moments.Of(CodeBlock.Split(codes), [.. Enumerable.Repeat(1.0, Count)]);
        Assert.Multiple(() =>
        {
            Assert.That(moments.Mean, Is.EqualTo(new[] { 3.0, -3 }).Within(0.06));
            Assert.That(moments.Covariance[0][0], Is.EqualTo(4.75).Within(0.15));
            Assert.That(moments.Covariance[1][0], Is.EqualTo(-2.25).Within(0.15));
            Assert.That(moments.Covariance[1][1], Is.EqualTo(4.75).Within(0.15));
        });
    }

    [Test]
    public void Equal_numbers_make_equal_mixtures()
    {
        var same = new CodeMixture([.. Mixture.Weights], [.. Mixture.Components]);
        Assert.That((CodePrior)same, Is.EqualTo(Mixture));
        Assert.That(same.GetHashCode(), Is.EqualTo(Mixture.GetHashCode()));
        Assert.That((CodePrior)new CodeMixture([0.25, 0, 0.75], [Mixture.Components[0], Mixture.Components[1],
            new Gaussian([4, -4], [[2], [0.5, 2]])]),
            Is.Not.EqualTo(Mixture));
    }

    [Test]
    public void Codes_of_another_size_do_not_suit_it() =>
        Assert.That((Mixture.Misfit(2), Mixture.Misfit(3)),
            Is.EqualTo(((string?)null, "is a mixture of codes of 2 numbers")));
}
