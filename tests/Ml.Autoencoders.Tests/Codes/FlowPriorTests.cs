using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

internal sealed class FlowPriorTests : TensorTests
{
    private const int Couplings = 4;
    private const int Hidden = 8;

    private static readonly CodePrior Flow = CodePrior.Flow(Couplings, Hidden);

    [Test]
    public void It_begins_as_the_standard_normal_distribution([Values(2, 3, 40)] int codeSize)
    {
        using var owned = new OwnedPrior(CodePrior.Flow(), codeSize);
        Tensor z = Uniform([5, codeSize], -3, 3);

        Assert.That(owned.Bound.LogDensity(z).Floats(),
            Is.EqualTo(DiagonalGaussian<TorchArray>.StandardLogDensity(z).Floats()).Within(1e-5));
        Assert.That(owned.Bound.Prior.Codes(z, owned.Bound).Floats(), Is.EqualTo(z.Floats()));
        using var random = new Generator(4);
        using var same = new Generator(4);
        Assert.That(owned.Bound.Draw(6, random).Floats(),
            Is.EqualTo(CodePrior.Normal.Draw(6, codeSize, same).Floats()));
    }

    [Test]
    public void The_way_back_undoes_the_way_to_the_noise([Values(2, 3, 7, 40)] int codeSize)
    {
        using var owned = new OwnedPrior(CodePrior.Flow(6, 16), codeSize, spread: 0.3);
        Tensor noise = Uniform([64, codeSize], -2.5, 2.5);

        Tensor codes = owned.Bound.Prior.Codes(noise, owned.Bound);

        Assert.That((codes - noise).abs().mean().item<float>(), Is.GreaterThan(0.05f), "something is done");
        (Tensor back, _) = InDouble(codes, owned, 6, 16);
        Assert.That(back.Doubles(), Is.EqualTo(noise.Doubles()).Within(1e-5));
    }

    [Test]
    public void The_determinant_is_that_of_the_numerical_Jacobian([Values(2, 3, 5)] int codeSize)
    {
        const double Step = 1e-6;
        using var owned = new OwnedPrior(Flow, codeSize, spread: 0.8);
        Tensor z = Uniform([1, codeSize], -1.5, 1.5, seed: 9);

        var jacobian = new double[codeSize, codeSize];
        for (int j = 0; j < codeSize; j++)
        {
            Tensor step = zeros([1, codeSize], dtype: ScalarType.Float64);
            step[0, j] = Step;
            double[] above = InDouble(z.to(ScalarType.Float64) + step, owned).Noise.Doubles();
            double[] below = InDouble(z.to(ScalarType.Float64) - step, owned).Noise.Doubles();
            for (int i = 0; i < codeSize; i++)
                jacobian[i, j] = (above[i] - below[i]) / (2 * Step);
        }

        double expected = Math.Log(Math.Abs(Determinant(jacobian)));
        (Tensor noise, Tensor found) = InDouble(z, owned);
        Assert.That(Math.Abs(expected), Is.GreaterThan(0.05), "it is no identity");
        Assert.That(found.Doubles().Single(), Is.EqualTo(expected).Within(1e-7));
        Assert.That(owned.Bound.LogDensity(z).Doubles().Single(),
            Is.EqualTo(DiagonalGaussian<TorchArray>.StandardLogDensity(noise).Doubles().Single() + expected)
                .Within(1e-4));
    }

    [Test]
    public void Its_density_integrates_to_1_and_draws_follow_it()
    {
        const int Count = 40_000;
        using var owned = new OwnedPrior(Flow, 2, spread: 0.8);
        var plane = new Plane(half: 12, step: 0.05);

        Tensor shares = owned.Bound.LogDensity(plane.Codes).exp() * plane.Area; // [N]
        Tensor draws = owned.Draw(Count, 2);

        Assert.That(shares.sum().item<float>(), Is.EqualTo(1).Within(1e-3));
        double[] normal = Quadrants(
            DiagonalGaussian<TorchArray>.StandardLogDensity(plane.Codes).Exp().Tensor * plane.Area, plane.Codes);
        double[] expected = Quadrants(shares, plane.Codes);
        Assert.That(Quadrants(full([Count], 1f / Count), draws),
            Is.EqualTo(expected).Within(5 * 0.5 / Math.Sqrt(Count)));
        Assert.That(expected.Zip(normal, (one, other) => Math.Abs(one - other)).Max(),
            Is.GreaterThan(0.05), "it is not normal");
        for (int axis = 0; axis < 2; axis++)
        {
            double mean = (shares * plane.Codes.select(1, axis)).sum().item<float>();
            double square = (shares * plane.Codes.select(1, axis).pow(2)).sum().item<float>();
            Assert.That(draws.select(1, axis).mean().item<float>(),
                Is.EqualTo(mean).Within(5 * Math.Sqrt(square / Count)));
            Assert.That(draws.select(1, axis).pow(2).mean().item<float>(), Is.EqualTo(square).Within(0.05 * square));
        }
    }

    [Test]
    public void Scales_are_bounded_however_large_the_weights_are()
    {
        using var owned = new OwnedPrior(Flow, 4, spread: 1e4);
        Tensor z = Uniform([10, 4], -1, 1);

        // Shifts grow with the weights; logarithms of scales are at most 2 for each number and coupling.
        Assert.That(InDouble(z, owned).LogDeterminant.abs().max().item<double>(),
            Is.LessThanOrEqualTo(2 * 2 * Couplings + 1e-9));
    }

    [Test]
    public void A_row_of_draws_has_the_same_bits_among_others_as_alone()
    {
        using var owned = new OwnedPrior(Flow, 5, spread: 0.8);
        Tensor z = Uniform([3, 7, 5], -2, 2);

        int[] together = Bits.Of(owned.Bound.LogDensity(z).Floats());

        Assert.That(owned.Bound.LogDensity(z).shape, Is.EqualTo(new long[] { 3, 7 }));
        Assert.That(Bits.Of([.. z.reshape(21, 5).split(1).SelectMany(row => owned.Bound.LogDensity(row).Floats())]),
            Is.EqualTo(together));
        Tensor codes = owned.Bound.Prior.Codes(z.reshape(21, 5), owned.Bound);
        Assert.That(Bits.Of([.. z.reshape(21, 5).split(1)
                .SelectMany(row => owned.Bound.Prior.Codes(row, owned.Bound).Floats())]),
            Is.EqualTo(Bits.Of(codes.Floats())));
    }

    [Test]
    public void One_number_has_no_halves() =>
        Assert.That((Flow.Misfit(1), Flow.Misfit(2)), Is.EqualTo(("needs codes of at least 2 numbers", (string?)null)));

    [Test]
    public void Equal_numbers_make_equal_priors() =>
        Assert.That(Flow, Is.EqualTo(CodePrior.Flow(Couplings, Hidden))
            .And.Not.EqualTo(CodePrior.Flow(Couplings, 9)).And.Not.EqualTo(CodePrior.Flow(5, Hidden)));

    [Test]
    public void Parameters_out_of_their_range_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => CodePrior.Flow(0),
                Refused("couplings is 0; it must be at least 1. (Parameter 'couplings')"));
            Assert.That(() => CodePrior.Flow(257),
                Refused("couplings is 257; it must be at most 256. (Parameter 'couplings')"));
            Assert.That(() => CodePrior.Flow(2, 0),
                Refused("hidden is 0; it must be at least 1. (Parameter 'hidden')"));
            Assert.That(() => CodePrior.Flow(2, 16385),
                Refused("hidden is 16385; it must be at most 16384. (Parameter 'hidden')"));
        });

        static NUnit.Framework.Constraints.Constraint Refused(string message) =>
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo($"CodePrior.Flow: {message}");
    }

    /// <summary>The couplings with the same numbers in Double.</summary>
    private static (Tensor Noise, Tensor LogDeterminant) InDouble(Tensor z, OwnedPrior owned,
        int couplings = Couplings, int hidden = Hidden)
    {
        z = z.to(ScalarType.Float64);
        Tensor total = zeros([z.shape[0]], dtype: ScalarType.Float64);
        for (int i = 0; i < couplings; i++)
        {
            var coupling = new AffineCoupling((int)z.shape[1], hidden, MovesSecond: i % 2 == 0);
            var network = new BoundStack(coupling.Network, $"prior.{i}",
                name => owned.Weights[name].detach().to(ScalarType.Float64));
            (z, Tensor log) = coupling.Forward(z, network);
            total += log;
        }
        return (z, total);
    }

    /// <summary>The shares of the four quarters of the plane.</summary>
    private static double[] Quadrants(Tensor shares, Tensor codes)
    {
        Tensor right = (codes.select(1, 0) > 0.3).to(ScalarType.Float32);
        Tensor upper = (codes.select(1, 1) > -0.2).to(ScalarType.Float32);
        return [.. new[] { right * upper, right * (1 - upper), (1 - right) * upper, (1 - right) * (1 - upper) }
            .Select(part => (double)(shares * part).sum().item<float>())];
    }

    private static double Determinant(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        if (size == 1)
            return matrix[0, 0];
        double sum = 0;
        for (int column = 0; column < size; column++)
        {
            var minor = new double[size - 1, size - 1];
            for (int i = 1; i < size; i++)
            {
                for (int j = 0; j < size - 1; j++)
                    minor[i - 1, j] = matrix[i, j < column ? j : j + 1];
            }
            sum += (column % 2 == 0 ? 1 : -1) * matrix[0, column] * Determinant(minor);
        }
        return sum;
    }
}
