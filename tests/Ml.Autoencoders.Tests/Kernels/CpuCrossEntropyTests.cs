using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Likelihoods;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Kernels;

/// <summary>The cross-entropy in managed code gives what torch's operations give, values and gradients.</summary>
internal sealed class CpuCrossEntropyTests : TensorTests
{
    private const int Rows = 37;

    // Less than a vector, whole vectors, a rest behind them, and more than a product takes.
    [Test]
    public void It_is_that_of_torch([Values(1, 7, 8, 9, 16, 784, 1027)] int width, [Values(0.1f, 3, 100)] float most)
    {
        Tensor target = Uniform([Rows, width]);
        Tensor logits = Uniform([Rows, width], -most, most, seed: 2).requires_grad_(true);
        Tensor weights = Uniform([Rows], seed: 3);
        Tensor expected = Losses.BinaryCrossEntropyOfLogits(target, logits);
        Tensor found = CpuCrossEntropy.apply(target, logits);

        Assert.Multiple(() =>
        {
            Assert.That(found.Floats(), Is.EqualTo(expected.Floats()).Within(2e-6 * Math.Max(1, most)));
            Assert.That(Gradient(found), Is.EqualTo(Gradient(expected)).Within(2e-7));
        });

        float[] Gradient(Tensor errors) => autograd.grad([(errors * weights).sum()], [logits])[0].Floats();
    }

    [TestCase(-100, 0, 0, 0)]
    [TestCase(100, 1, 0, 0)]
    [TestCase(-100, 1, 100, -1)]
    [TestCase(100, 0, 100, 1)]
    [TestCase(0, 0.5f, 0.6931472f, 0)]
    [TestCase(-1000, 0, 0, 0)]
    [TestCase(1000, 0.25f, 750, 0.75f)]
    public void Certain_log_odds_neither_overflow_nor_are_lost(float logit, float target, float error, float slope)
    {
        Tensor logits = Table([logit]).requires_grad_(true);
        Tensor errors = CpuCrossEntropy.apply(Table([target]), logits);

        Assert.That((errors.Floats()[0], autograd.grad([errors.sum()], [logits])[0].Floats()[0]),
            Is.EqualTo((error, slope)).Within(1e-6));
    }

    [Test]
    public void What_is_no_number_makes_its_row_none([Values(3, 10)] int slot)
    {
        Tensor logits = Uniform([3, 11]);
        logits[1, slot] = float.NaN;
        logits.requires_grad_(true);
        Tensor errors = CpuCrossEntropy.apply(Uniform([3, 11], seed: 2), logits);
        float[] slopes = autograd.grad([errors.sum()], [logits])[0].Floats();

        Assert.Multiple(() =>
        {
            Assert.That(errors.Floats().Select(float.IsNaN), Is.EqualTo(new[] { false, true, false }));
            Assert.That(slopes.Select(float.IsNaN).Select((isNone, i) => isNone ? i : -1).Where(i => i >= 0),
                Is.EqualTo(new[] { 11 + slot }));
        });
    }

    [Test]
    public void Rows_that_do_not_lie_one_behind_the_other_are_read_in_order()
    {
        Tensor target = Uniform([9, Rows]).t();
        Tensor logits = Uniform([9, Rows], -3, 3, seed: 2).t();

        Assert.That(CpuCrossEntropy.apply(target, logits).Floats(),
            Is.EqualTo(Losses.BinaryCrossEntropyOfLogits(target, logits).Floats()).Within(1e-6));
    }

    [Test]
    public void The_bits_do_not_depend_on_the_threads()
    {
        float[] one = Bits(1);

        Assert.That(Bits(2), Is.EqualTo(one));

        static float[] Bits(int threads)
        {
            using ThreadLimit? limit = ThreadLimit.Set(threads);
            Tensor logits = Uniform([Rows, 50], -3, 3, seed: 2).requires_grad_(true);
            Tensor errors = CpuCrossEntropy.apply(Uniform([Rows, 50]), logits);
            return [.. errors.Floats(), .. autograd.grad([errors.sum()], [logits])[0].Floats()];
        }
    }

    [Test]
    public void It_suits_single_precision_on_the_processor()
    {
        Tensor single = Uniform([2, 3]);
        Tensor dual = Uniform([2, 3], type: ScalarType.Float64);

        Assert.That((CpuCrossEntropy.Suits(single, single), CpuCrossEntropy.Suits(single, dual),
            CpuCrossEntropy.Suits(dual, single)),
            Is.EqualTo((true, false, false)));
    }

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, false)]
    public void Nothing_stays_kept_for_the_way_back(bool hasGradients, bool goesBack)
    {
        Tensor target = Uniform([Rows, 11]);
        Tensor logits = Uniform([Rows, 11], seed: 2).requires_grad_(true);
        int before = LiveNodes.Settled();

        using (NewDisposeScope())
        using (set_grad_enabled(hasGradients))
        {
            Tensor errors = CpuCrossEntropy.apply(target, logits);
            Assert.That(LiveNodes.Now - before, Is.EqualTo(hasGradients ? 1 : 0));
            if (goesBack)
                autograd.grad([errors.sum()], [logits]);
        }

        Assert.That(LiveNodes.Now, Is.EqualTo(before));
    }
}
