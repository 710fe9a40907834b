using System.Globalization;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

/// <summary>Batches so large that they are computed in blocks, against the formulas over all pairs at once.</summary>
internal sealed class RowBlocksTests : TensorTests
{
    // Several blocks, the last one shorter than the others.
    private const int Rows = 700;
    private const int CodeSize = 10;

    /// <summary>In one tensor of a block.</summary>
    private const long MaxNumbers = 1 << 20;

    private static readonly string Program = Path.Combine(Repository.BenchmarksOutput,
        "Ml.Autoencoders.Benchmarks.dll");

    [TestCase(ScalarType.Float32, 1e-6)]
    [TestCase(ScalarType.Float64, 1e-13)]
    public void A_discrepancy_in_blocks_is_that_of_all_pairs_at_once(ScalarType type, double margin)
    {
        Tensor x = Normal([Rows, CodeSize], 1, type) * 0.5 + 1;
        Tensor y = Normal([Rows + 31, CodeSize], 2, type);
        Func<Tensor, Tensor> kernel = MaximumMeanDiscrepancy.InverseMultiquadric(CodeSize);
        (Tensor first, Tensor second) = (x.detach().requires_grad_(), x.detach().requires_grad_());

        Tensor blocks = MaximumMeanDiscrepancy.Squared(first, y, kernel);
        Tensor whole = Discrepancy(second, y, kernel);
        (3 * blocks).backward();
        (3 * whole).backward();

        Assert.That(blocks.Doubles(), Is.EqualTo(whole.Doubles()).Within(margin));
        Assert.That(first.grad!.Doubles(), Is.EqualTo(second.grad!.Doubles()).Within(margin / 10));
        Assert.That(second.grad!.Doubles(), Has.Some.GreaterThan(1e-4).Or.Some.LessThan(-1e-4));
    }

    [Test]
    public void The_slopes_of_a_discrepancy_in_blocks_are_the_limit_of_differences()
    {
        const double Step = 1e-5;
        Tensor x = (Normal([Rows, 2], 1, ScalarType.Float64) + 1).detach().requires_grad_();
        Tensor y = Normal([Rows, 2], 2, ScalarType.Float64);
        Func<Tensor, Tensor> kernel = MaximumMeanDiscrepancy.InverseMultiquadric(2);

        MaximumMeanDiscrepancy.Squared(x, y, kernel).backward();

        foreach (int row in new[] { 0, 350, Rows - 1 })
        {
            double difference = (At(row, Step) - At(row, -Step)) / (2 * Step);
            Assert.That(x.grad![row, 1].item<double>(), Is.EqualTo(difference).Within(1e-9));
            Assert.That(Math.Abs(difference), Is.GreaterThan(1e-6));
        }

        double At(int row, double shift)
        {
            using IDisposable noGrad = no_grad();
            Tensor moved = x.detach().clone();
            moved[row, 1] += shift;
            return MaximumMeanDiscrepancy.Squared(moved, y, kernel).item<double>();
        }
    }

    [TestCase(ScalarType.Float32, 1e-4)]
    [TestCase(ScalarType.Float64, 1e-11)]
    public void The_parts_of_a_divergence_in_blocks_are_those_of_all_pairs_at_once(ScalarType type, double margin)
    {
        Tensor[] inputs = [Normal([Rows, CodeSize], 1, type), Normal([Rows, CodeSize], 2, type) - 1,
            Normal([Rows, CodeSize], 3, type)];
        Tensor[] first = [.. inputs.Select(input => input.detach().requires_grad_())];
        Tensor[] second = [.. inputs.Select(input => input.detach().requires_grad_())];

        (Tensor information, Tensor correlation,
            Tensor dimensions) = TotalCorrelation.Decompose(
            new DiagonalGaussian<TorchArray>(first[0], first[1]), first[2],
            z => DiagonalGaussian<TorchArray>.StandardLogDensity(z));
        Tensor[] whole = Parts(new DiagonalGaussian<TorchArray>(second[0], second[1]), second[2]);
        (information + 6 * correlation + 2 * dimensions).backward();
        (whole[0] + 6 * whole[1] + 2 * whole[2]).backward();

        Assert.That(new[] { information, correlation, dimensions }.SelectMany(part => part.Doubles()),
            Is.EqualTo(whole.SelectMany(part => part.Doubles())).Within(margin));
        foreach ((Tensor found, Tensor expected) in first.Zip(second))
        {
            Assert.That(found.grad!.Doubles(), Is.EqualTo(expected.grad!.Doubles()).Within(margin / 10));
            Assert.That(expected.grad!.Doubles(), Has.Some.GreaterThan(1e-3).Or.Some.LessThan(-1e-3));
        }
    }

    [TestCase(700, 100)]
    [TestCase(700, 5_000)]
    [TestCase(5, MaxNumbers)]
    [TestCase(5, MaxNumbers + 1)]
    public void No_block_is_larger_than_it_may_be_nor_smaller_than_it_has_to_be(int rows, long numbers)
    {
        var blocks = new List<(long Start, long Count)>();
        Tensor x = Normal([rows, 1], 1, ScalarType.Float32).requires_grad_();
        RowBlocks.Sum(rows, numbers, [x], (inputs, start, count) =>
        {
            blocks.Add((start, count));
            return [inputs[0].narrow(0, start, count).sum()];
        });
        long most = Math.Clamp(MaxNumbers / numbers, 1, rows);
        Assert.That(blocks.SelectMany(block => Enumerable.Range((int)block.Start, (int)block.Count)),
            Is.EqualTo(Enumerable.Range(0, rows)));
        Assert.That(blocks.SkipLast(1).Select(block => block.Count), Has.All.EqualTo(most));
        Assert.That(blocks[^1].Count, Is.InRange(1, most));
    }

    [Test]
    public void A_discrepancy_never_has_the_similarities_of_all_pairs_at_once()
    {
        var seen = new List<long>();
        Tensor x = Normal([2048, CodeSize], 1, ScalarType.Float32).requires_grad_();
        Tensor y = Normal([2048, CodeSize], 2, ScalarType.Float32);
        Func<Tensor, Tensor> kernel = MaximumMeanDiscrepancy.InverseMultiquadric(CodeSize);
        MaximumMeanDiscrepancy.Squared(x, y, distances =>
        {
            seen.Add(distances.numel());
            return kernel(distances);
        });
        Assert.That(seen.Max(), Is.LessThanOrEqualTo(MaxNumbers));
        Assert.That(seen.Sum(), Is.EqualTo(3L * 2048 * 2048));
    }

    /// <summary>
    /// All pairs at once of a batch of 1,536 with codes of 32 are 288 MiB in each of several tensors.
    /// </summary>
    [Test]
    public void A_divergence_of_a_large_batch_takes_little_memory()
    {
        double Peak(string term, string batch) =>
            double.Parse(DotNet.Run(Program, "discrepancy-of", term, batch, "2")[^2], CultureInfo.InvariantCulture);
        double idle = Peak("idle", "2");
        Assert.That(Peak("total-correlation", "1536") - idle, Is.LessThan(256), "MiB");
    }

    [Test]
    public void Without_gradients_the_sums_are_the_same_numbers()
    {
        Tensor x = Normal([Rows, CodeSize], 1, ScalarType.Float32);
        Tensor y = Normal([Rows, CodeSize], 2, ScalarType.Float32);
        float followed = MaximumMeanDiscrepancy.Squared(x.detach().requires_grad_(), y,
            MaximumMeanDiscrepancy.InverseMultiquadric(CodeSize)).item<float>();
        using IDisposable noGrad = no_grad();
        Assert.That(
            MaximumMeanDiscrepancy.Squared(x, y, MaximumMeanDiscrepancy.InverseMultiquadric(CodeSize)).item<float>(),
            Is.EqualTo(followed));
    }

    [Test]
    public void No_tensor_of_a_block_is_left()
    {
        Tensor x = Normal([Rows, CodeSize], 1, ScalarType.Float32).requires_grad_();
        Tensor y = Normal([Rows, CodeSize], 2, ScalarType.Float32);
        long Alive(Action compute)
        {
            using var scope = NewDisposeScope();
            long before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            compute();
            return TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
        }

        long small = Alive(() =>
            MaximumMeanDiscrepancy.Squared(x, y, MaximumMeanDiscrepancy.InverseMultiquadric(CodeSize)));
        Tensor larger = cat([x, x, x]).detach().requires_grad_();
        Assert.That(
            Alive(() => MaximumMeanDiscrepancy.Squared(larger, y,
                MaximumMeanDiscrepancy.InverseMultiquadric(CodeSize))),
            Is.LessThanOrEqualTo(small + 4));
    }

    /// <summary>As <see cref="MaximumMeanDiscrepancy.Squared"/>, with every difference of two rows in memory.</summary>
    private static Tensor Discrepancy(Tensor x, Tensor y, Func<Tensor, Tensor> kernel)
    {
        return Within(x) + Within(y) - 2 * Similarities(x, y).mean();

        Tensor Similarities(Tensor a, Tensor b) => kernel((a.unsqueeze(1) - b.unsqueeze(0)).square().sum([2L]));

        Tensor Within(Tensor a) =>
            (Similarities(a, a).sum() - Similarities(a, a).trace()) / (a.shape[0] * (a.shape[0] - 1));
    }

    /// <summary>As <see cref="TotalCorrelation.Decompose"/>, with every density of every pair in memory.</summary>
    private static Tensor[] Parts(DiagonalGaussian<TorchArray> posterior, Tensor z)
    {
        Tensor pairs = posterior.LogDensities(z.unsqueeze(1));
        double logCount = Math.Log(z.shape[0]);
        Tensor joint = pairs.sum([2L]).logsumexp(1) - logCount;
        Tensor product = (pairs.logsumexp(1) - logCount).sum([1L]);
        return [(posterior.LogDensity(z).Tensor - joint).mean(), (joint - product).mean(),
            (product - DiagonalGaussian<TorchArray>.StandardLogDensity(z).Tensor).mean()];
    }

    private static Tensor Normal(long[] shape, ulong seed, ScalarType type)
    {
        using var random = new Generator(seed);
        return empty(shape, dtype: ScalarType.Float64).normal_(0, 1, random).to(type);
    }
}
