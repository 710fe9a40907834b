using Ml.Autoencoders.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

internal sealed class ManagedAdamTests : TensorTests
{
    private const double Rate = 0.01;

    // Lengths around those of SIMD vectors (4, 8, 16), a matrix, and more than a thread takes at once.
    private static readonly long[][] Shapes = [[1], [3], [7], [8], [17], [33], [5, 13], [40_003]];

    [Test, Combinatorial]
    public void Fifty_steps_lead_where_torch_leads([Values] OptimizerKind kind, [Values(0, 0.1)] double weightDecay,
        [Values] bool managed)
    {
        Parameter[] ours = MakeWeights();
        Parameter[] torchs = MakeWeights();
        using IWeightOptimizer adam = managed
            ? new ManagedAdam(ours, kind, weightDecay) : new TensorAdam(ours, kind, weightDecay);
        using OptimizerHelper reference = kind == OptimizerKind.Adam
            ? optim.Adam(torchs, weight_decay: weightDecay)
            : optim.AdamW(torchs, weight_decay: weightDecay);

        for (int step = 1; step <= 50; step++)
        {
            // The rate changes as under a schedule.
            double rate = Rate * (1 - step / 100.0);
            TakeGradients(ours);
            TakeGradients(torchs);
            adam.Step(rate);
            foreach (optim.ILearningRateController group in reference.ParamGroups)
                group.LearningRate = rate;
            reference.step();
        }

        double[] found = [.. ours.SelectMany(weight => weight.Doubles())];
        double[] expected = [.. torchs.SelectMany(weight => weight.Doubles())];
        double[] start = [.. MakeWeights().SelectMany(weight => weight.Doubles())];
        Assert.Multiple(() =>
        {
            Assert.That(found, Is.EqualTo(expected).Within(2e-6));
            Assert.That(start.Zip(found, (before, after) => Math.Abs(before - after)).Max(), Is.GreaterThan(0.1));
        });
    }

    [Test]
    public void The_first_step_is_the_learning_rate_against_the_sign_of_the_gradient()
    {
        Parameter weight = Weight([1, -2, 3, 0.5f, 0], [10, -0.01f, 1e-3f, 0, 5]);
        using var adam = new ManagedAdam([weight], OptimizerKind.Adam, 0);

        adam.Step(0.1);

        Assert.That(weight.Doubles(), Is.EqualTo(new[] { 0.9, -1.9, 2.9, 0.5, -0.1 }).Within(1e-5));
    }

    [Test]
    public void Two_steps_are_what_the_paper_says()
    {
        // Gradients 1 and 3: m = 0.39, v = 0.009999; corrected by 0.19 and 0.001999.
        Parameter weight = Weight([2], [1]);
        using var adam = new ManagedAdam([weight], OptimizerKind.Adam, 0);

        adam.Step(0.1);
        weight.grad = tensor(new[] { 3f });
        adam.Step(0.1);

        Assert.That(weight.Doubles()[0],
            Is.EqualTo(2 - 0.1 - 0.1 * (0.39 / 0.19) / Math.Sqrt(0.009999 / 0.001999)).Within(1e-5));
    }

    [Test]
    public void Decoupled_decay_shrinks_a_weight_without_a_gradient_and_coupled_decay_steps()
    {
        Parameter shrunk = Weight([2], [0]);
        Parameter stepped = Weight([2], [0]);
        using var adamW = new ManagedAdam([shrunk], OptimizerKind.AdamW, 0.5);
        using var adam = new ManagedAdam([stepped], OptimizerKind.Adam, 0.5);

        adamW.Step(0.1);
        adam.Step(0.1);

        Assert.That((shrunk.Doubles()[0], stepped.Doubles()[0]), Is.EqualTo((1.9, 1.9)).Within(1e-5));
    }

    [Test]
    public void A_weight_without_a_gradient_stays()
    {
        Parameter with = Weight([2], [1]);
        var without = new Parameter(ones(3));
        using var adam = new ManagedAdam([without, with], OptimizerKind.Adam, 0);

        adam.Step(0.1);

        Assert.Multiple(() =>
        {
            Assert.That(without.Floats(), Has.All.EqualTo(1));
            Assert.That(with.Doubles()[0], Is.EqualTo(1.9).Within(1e-5));
        });
    }

    [Test]
    public void Steps_leave_no_tensor_behind([Values] bool managed)
    {
        Parameter weight = Weight([2], [1]);
        using IWeightOptimizer adam = managed
            ? new ManagedAdam([weight], OptimizerKind.Adam, 0) : new TensorAdam([weight], OptimizerKind.Adam, 0);

        Assert.That(LiveTensors.Left(() => adam.Step(0.1)), Is.Zero);
    }

    private static Parameter[] MakeWeights() =>
        [.. Shapes.Select((shape, i) => new Parameter(Uniform(shape, -1, 1, seed: (ulong)i + 1)))];

    /// <summary>
    /// A loss whose gradients differ between weights and between steps, and reach matrices through a transposition.
    /// </summary>
    private static void TakeGradients(Parameter[] weights)
    {
        foreach (Parameter weight in weights)
            weight.grad = null;
        Tensor loss = zeros(1);
        foreach (Parameter weight in weights)
            loss += ((weight - 0.3).pow(3).abs() * (weight + 2))
                .sum() + (weight.dim() == 2 ? weight.t().matmul(weight).sin().sum() : weight.cos().sum());
        loss.backward();
    }

    private static Parameter Weight(float[] values, float[] gradient) =>
        new(tensor(values)) { grad = tensor(gradient) };
}
