using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

internal sealed class NetworkWeightsTests : TensorTests
{
    private static readonly NetworkPlan Plan = Network.Dense([8], Activation.Relu, batchNorm: true)
        .Plan(12, 3, endInSigmoid: true);

    [Test]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        float[] first = NumbersOf(1);

        Assert.Multiple(() =>
        {
            Assert.That(NumbersOf(1), Is.EqualTo(first));
            Assert.That(NumbersOf(2), Is.Not.EqualTo(first));
        });

        static float[] NumbersOf(ulong seed)
        {
            using BoundNetwork weights = Make(seed);
            return [.. weights.Named.SelectMany(named => named.Tensor.Floats())];
        }
    }

    [Test]
    public void Initializing_leaves_the_global_generator_alone()
    {
        byte[] before = get_rng_state().bytes.ToArray();

        Make().Dispose();

        Assert.That(get_rng_state().bytes.ToArray(), Is.EqualTo(before));
    }

    [Test]
    public void Weights_outlive_the_scope_that_they_were_made_in()
    {
        BoundNetwork weights;
        using (NewDisposeScope())
            weights = Make();
        using (weights)
            Assert.That(weights.Encode(zeros(2, 12), ForwardMode.Prediction).shape, Is.EqualTo(new long[] { 2, 3 }));
    }

    [Test]
    public void Weights_die_with_their_owner() =>
        Assert.That(LiveTensors.Left(() => Make().Dispose()), Is.Zero);

    [Test]
    public void Weights_that_cannot_be_filled_leave_nothing_behind() =>
        Assert.That(LiveTensors.Left(() => Assert.That(() => BoundNetwork.Create(Plan, CPU, FailAtTheThird()),
            Throws.TypeOf<FormatException>())), Is.Zero);

    [Test]
    public void Only_what_is_trained_takes_gradients()
    {
        using BoundNetwork weights = Make();

        Assert.Multiple(() =>
        {
            Assert.That(weights.Named.Select(named => named.Tensor.requires_grad),
                Is.EqualTo(Plan.Parameters().Select(spec => spec.IsTrained)));
            Assert.That(weights.Trained.Count(), Is.EqualTo(12));
        });
    }

    [Test]
    public void Logits_are_what_the_last_sigmoid_gets()
    {
        using BoundNetwork weights = Make();
        Tensor code = Uniform([5, 3], -3, 3);

        double[] logits = weights.DecodeToLogits(code, ForwardMode.Prediction).Doubles();

        Assert.That(weights.Decode(code, ForwardMode.Prediction).Doubles(),
            Is.EqualTo(logits.Select(logit => 1 / (1 + Math.Exp(-logit)))).Within(1e-6));
    }

    [Test]
    public void A_network_computes_its_layers_one_behind_the_other()
    {
        // |W| and b chosen so that each layer leaves its mark: relu([1 -1] x) = 2, then 3 * 2 + 1.
        NetworkPlan plan = Network.Dense(1).Plan(2, 1);
        using BoundNetwork weights = BoundNetwork.Create(plan, CPU, (spec, tensor) => tensor.copy_(spec.Name switch
        {
            "encoder.0.weight" => Table([1, -1]),
            "encoder.2.weight" => Table([3]),
            "encoder.2.bias" => ones(1),
            _ => zeros(spec.Shape),
        }));

        Assert.That(weights.Encode(Table([5, 3], [3, 5]), ForwardMode.Prediction).Floats(),
            Is.EqualTo(new[] { 7f, 1 }));
    }

    [Test]
    public void A_snapshot_gives_back_the_values_that_it_took()
    {
        using BoundNetwork weights = Make();
        float[] first = Numbers(weights);
        using WeightSnapshot snapshot = weights.Snapshot();

        Add(weights, 1);
        float[] second = Numbers(weights);
        snapshot.Restore();
        float[] restored = Numbers(weights);
        Add(weights, 1);
        snapshot.Update();
        Add(weights, 1);
        snapshot.Restore();

        Assert.Multiple(() =>
        {
            Assert.That(second, Is.Not.EqualTo(first));
            Assert.That(restored, Is.EqualTo(first));
            Assert.That(Numbers(weights), Is.EqualTo(second));
        });

        static float[] Numbers(BoundNetwork weights) => [.. weights.Named.SelectMany(named => named.Tensor.Floats())];
    }

    private static BoundNetwork Make(ulong seed = 1)
    {
        using var random = new Generator(seed);
        return BoundNetwork.Initialize(Plan, random, CPU);
    }

    private static void Add(BoundNetwork weights, float number)
    {
        using IDisposable noGrad = no_grad();
        foreach ((_, Tensor tensor) in weights.Named)
            tensor.add_(number);
    }

    private static Action<ParameterSpec, Tensor> FailAtTheThird()
    {
        int calls = 0;
        return (_, tensor) =>
        {
            tensor.zero_();
            if (++calls == 3)
                throw new FormatException();
        };
    }
}
