using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>Draws from the priors, of training and for new rows, against the moments of their distributions.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class CodePriorMomentsTests(bool areOneByOne) : TensorTests
{
    private const int Count = 40_000;

    private static readonly double Allowed = 5 / Math.Sqrt(Count);

    [Test]
    public void Normal_draws_have_mean_0_variance_1_and_no_correlation()
    {
        Tensor codes = Draw(CodePrior.Normal, 3);

        Tensor products = codes.T.mm(codes) / Count; // [3, 3]
        Assert.Multiple(() =>
        {
            Assert.That(codes.shape, Is.EqualTo(new long[] { Count, 3 }));
            Assert.That(codes.mean([0]).Doubles(), Is.EqualTo(new double[3]).Within(Allowed));
            Assert.That(products.Doubles(), Is.EqualTo(eye(3).Doubles()).Within(Math.Sqrt(2) * Allowed));
            Assert.That(codes.pow(4).mean().item<float>(), Is.EqualTo(3).Within(Math.Sqrt(96) * Allowed));
        });
    }

    [Test]
    public void The_components_of_a_ring_are_equally_likely_and_stand_evenly_on_it()
    {
        const int Components = 6;
        float[] codes = Draw(CodePrior.Ring(Components, radius: 4, standardDeviation: 0.2f), 2).Floats();

        // Components lie 4 apart, 20 standard deviations: the nearest one is the one that a code is from.
        (double X, double Y)[] means =
            [.. Enumerable.Range(0, Components)
                .Select(k => (4 * Math.Cos(2 * Math.PI * k / Components), 4 * Math.Sin(2 * Math.PI * k / Components)))];
        var found = codes.Chunk(2).GroupBy(code => Enumerable.Range(0, Components)
            .MinBy(k => Math.Pow(code[0] - means[k].X, 2) + Math.Pow(code[1] - means[k].Y, 2))).ToDictionary(group =>
            group.Key, group => group.ToArray());
        Assert.That(found.Keys, Is.EquivalentTo(Enumerable.Range(0, Components)));
        foreach ((int component, float[][] members) in found)
        {
            double allowed = 5 / Math.Sqrt(members.Length);
            Assert.That((double)members.Length / Count,
                Is.EqualTo(1.0 / Components).Within(Allowed * Math.Sqrt(5) / 6));
            Assert.That(members.Average(code => code[0]), Is.EqualTo(means[component].X).Within(0.2 * allowed));
            Assert.That(members.Average(code => code[1]), Is.EqualTo(means[component].Y).Within(0.2 * allowed));
            foreach (int axis in new[] { 0, 1 })
            {
                double mean = axis == 0 ? means[component].X : means[component].Y;
                Assert.That(members.Average(code => Math.Pow(code[axis] - mean, 2)),
                    Is.EqualTo(0.04).Within(0.04 * Math.Sqrt(2) * allowed));
            }
        }
    }

    [Test]
    public void A_ring_leaves_the_other_dimensions_standard_normal()
    {
        Tensor others = Draw(CodePrior.Ring(), 5).narrow(1, 2, 3);

        Assert.Multiple(() =>
        {
            Assert.That(others.mean([0]).Doubles(), Is.EqualTo(new double[3]).Within(Allowed));
            Assert.That(others.square().mean([0]).Doubles(),
                Is.EqualTo(new[] { 1.0, 1, 1 }).Within(Math.Sqrt(2) * Allowed));
        });
    }

    [Test]
    public void A_ring_of_one_component_is_a_distribution_beside_the_origin()
    {
        Tensor codes = Draw(CodePrior.Ring(1, 3, 1), 2);

        Assert.That(codes.mean([0]).Doubles(), Is.EqualTo(new[] { 3.0, 0 }).Within(Allowed));
        Assert.That(codes.var([0], unbiased: false).Doubles(),
            Is.EqualTo(new[] { 1.0, 1 }).Within(Math.Sqrt(2) * Allowed));
    }

    [Test]
    public void A_seed_decides_what_is_drawn()
    {
        foreach (CodePrior prior in new[] { CodePrior.Normal, CodePrior.Ring() })
        {
            float[] first = Draw(prior, 2).Floats();
            Assert.That(Draw(prior, 2).Floats(), Is.EqualTo(first));
            Assert.That(Draw(prior, 2, seed: 2).Floats(), Is.Not.EqualTo(first));
        }
    }

    [Test]
    public void A_ring_lies_in_a_plane() =>
        Assert.That((CodePrior.Normal.Misfit(1), CodePrior.Ring().Misfit(1), CodePrior.Ring().Misfit(2)),
            Is.EqualTo(((string?)null, "needs codes of at least 2 numbers", (string?)null)));

    [Test]
    public void Priors_of_the_same_parameters_are_equal()
    {
        CodePrior five = CodePrior.Ring(5);
        Assert.That(five, Is.EqualTo(CodePrior.Ring(5)).And.Not.EqualTo(CodePrior.Ring(6)));
    }

    [Test]
    public void Parameters_out_of_their_range_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => CodePrior.Ring(0),
                Refused("components is 0; it must be at least 1. (Parameter 'components')"));
            Assert.That(() => CodePrior.Ring(5, 0), Refused("radius is 0; it must be above 0. (Parameter 'radius')"));
            Assert.That(() => CodePrior.Ring(5, float.PositiveInfinity),
                Refused("radius is Infinity; it must be a finite number. (Parameter 'radius')"));
            Assert.That(() => CodePrior.Ring(5, 4, -0.5f),
                Refused("standardDeviation is -0.5; it must be above 0. (Parameter 'standardDeviation')"));
        });

        static NUnit.Framework.Constraints.Constraint Refused(string message) =>
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo($"CodePrior.Ring: {message}");
    }

    private Tensor Draw(CodePrior prior, int size, int seed = 1)
    {
        if (areOneByOne)
        {
            var codes = new float[Count * size];
            for (int i = 0; i < Count; i++)
                prior.Draw(codes.AsSpan(i * size, size), RowSeed.Of(seed, new DataViewRowId((ulong)i, ulong.MaxValue)));
            return tensor(codes, [Count, size]);
        }
        using var random = new Generator((ulong)seed);
        return prior.Draw(Count, size, random);
    }
}
