using Ml.Autoencoders.Likelihoods;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Likelihoods;

internal sealed class LossesTests : TensorTests
{
    [Test]
    public void Mean_squared_error_is_the_mean_of_the_squares_of_each_row()
    {
        Tensor target = Table([1, 2, 3], [0, 0, 0]);
        Tensor output = Table([1, 4, 0], [0, 0, 0.5f]);

        float[] loss = Losses.MeanSquaredError(target, output).Floats();

        Assert.That(loss, Is.EqualTo(new[] { 13 / 3f, 0.25f / 3 }).Within(1e-6f));
    }

    [Test]
    public void Mean_absolute_is_the_mean_of_the_sizes_of_each_row()
    {
        float[] loss = Losses.MeanAbsolute(Table([1, -2, 0, 5], [0, 0, 0, 0])).Floats();

        Assert.That(loss, Is.EqualTo(new[] { 2f, 0f }));
    }

    [Test]
    public void The_mean_over_slots_is_torchs_to_the_bit_and_so_is_its_gradient()
    {
        Tensor ours = Uniform([5, 783], -2, 2).requires_grad_(true);
        Tensor torchs = ours.detach().clone().requires_grad_();
        Tensor weights = Uniform([5], -2, 2, seed: 2);

        Tensor mean = Losses.MeanOverSlots<TorchArray>(ours);
        Tensor expected = torchs.mean([1]);
        (mean * weights).sum().backward();
        (expected * weights).sum().backward();

        Assert.That(mean.Floats(), Is.EqualTo(expected.Floats()));
        Assert.That(ours.grad!.Floats(), Is.EqualTo(torchs.grad!.Floats()));
    }

    [TestCase(1f, 0f, 0.69314718f)]
    [TestCase(0f, 0f, 0.69314718f)]
    [TestCase(0.25f, 1.0986123f, 1.1116446f, Description = "s(ln 3) = 3/4: -(1/4) ln(3/4) - (3/4) ln(1/4)")]
    [TestCase(1f, 100f, 0f)]
    [TestCase(0f, -100f, 0f)]
    [TestCase(0f, 100f, 100f)]
    [TestCase(1f, -100f, 100f)]
    [TestCase(0.5f, 100f, 50f)]
    [TestCase(0.25f, -100f, 25f)]
    public void Cross_entropy_of_one_slot_is_what_the_formula_says_also_far_out(float target, float logit,
        float expected)
    {
        float[] loss = Losses.BinaryCrossEntropyOfLogits(Table([target]), Table([logit])).Floats();

        Assert.That(loss, Is.EqualTo(new[] { expected }).Within(1e-5f));
    }

    [Test]
    public void Cross_entropy_is_the_mean_over_the_slots_of_each_row()
    {
        float[] loss = Losses.BinaryCrossEntropyOfLogits(Table([0, 0.5f], [1, 1]),
            Table([100, 100], [100, 100])).Floats();

        Assert.That(loss, Is.EqualTo(new[] { 75f, 0f }).Within(1e-5f));
    }

    [Test]
    public void Cross_entropy_of_the_right_probability_is_the_entropy([Range(0.02, 0.98, 0.06)] double x)
    {
        Tensor target = tensor(new[] { x }, [1, 1]);
        Tensor logit = tensor(new[] { Math.Log(x / (1 - x)) }, [1, 1]);

        double loss = Losses.BinaryCrossEntropyOfLogits(target, logit).Doubles()[0];

        Assert.That(loss, Is.EqualTo(Entropy(x)).Within(1e-12));
    }

    [Test]
    public void Cross_entropy_is_never_below_the_entropy()
    {
        double[] targets = Uniform([500, 1], type: ScalarType.Float64, seed: 3).Doubles();
        Tensor logits = Uniform([500, 1], -20, 20, seed: 4, type: ScalarType.Float64);

        double[] loss = Losses.BinaryCrossEntropyOfLogits(tensor(targets, [500, 1]), logits).Doubles();

        Assert.That(loss.Zip(targets, (l, x) => l - Entropy(x)), Has.All.GreaterThan(-1e-12));
    }

    [Test]
    public void Losses_agree_with_their_formulas_written_out()
    {
        const int Size = 5;
        double[] x = Uniform([8, Size], seed: 5, type: ScalarType.Float64).Doubles();
        double[] l = Uniform([8, Size], -6, 6, seed: 6, type: ScalarType.Float64).Doubles();
        Tensor target = tensor(x, [8, Size]);
        Tensor output = tensor(l, [8, Size]);

        Assert.Multiple(() =>
        {
            Assert.That(Losses.MeanSquaredError(target, output).Doubles(),
                Is.EqualTo(MeanOfRows((a, b) => (a - b) * (a - b))).Within(1e-12));
            Assert.That(Losses.BinaryCrossEntropyOfLogits(target, output).Doubles(),
                Is.EqualTo(MeanOfRows((a, b) => -a * Math.Log(Sigmoid(b)) - (1 - a) * Math.Log(1 - Sigmoid(b))))
                    .Within(1e-12));
            Assert.That(Losses.MeanAbsolute(output).Doubles(),
                Is.EqualTo(MeanOfRows((_, b) => Math.Abs(b))).Within(1e-12));
        });

        double[] MeanOfRows(Func<double, double, double> slot) =>
            [.. x.Zip(l, slot).Chunk(Size).Select(row => row.Average())];
    }

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    private static double Entropy(double x) => -x * Math.Log(x) - (1 - x) * Math.Log(1 - x);
}
