using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

/// <summary>Recurrences against their formulas, written out in operations of tensors.</summary>
internal sealed class RecurrentLayerTests : TensorTests
{
    private static readonly RecurrentCell[] Cells = Enum.GetValues<RecurrentCell>();

    // Widths around whole vectors and blocks, where torch's own kernel gives other numbers in prediction.
    [Test, Combinatorial]
    public void States_are_those_of_the_formula([ValueSource(nameof(Cells))] RecurrentCell cell,
        [Values(1, 3, 16, 33, 40)] int units, [Values(1, 5)] int steps, [Values(1, 4)] int channels,
        [Values(1, 7)] int rows, [Values] bool isTraining)
    {
        var layer = new RecurrentLayer(cell, units);
        Tensor input = Uniform([rows, channels, steps], -2, 2, seed: 3);
        Tensor[] weights = Weights(layer, input);
        using Generator random = new(1);

        Tensor states = layer.Forward(input, weights, isTraining ? ForwardMode.Training(random)
            : ForwardMode.Prediction);

        Assert.That(Difference(states, Oracle(cell, input, weights)), Is.LessThan(2e-6));
    }

    [Test, Combinatorial]
    public void The_second_direction_begins_at_the_last_step([ValueSource(nameof(Cells))] RecurrentCell cell,
        [Values] bool isTraining, [Values(1, 6)] int steps)
    {
        var all = new RecurrentLayer(cell, 5) { BothWays = true };
        Tensor input = Uniform([3, 2, steps], -2, 2, seed: 3);
        Tensor[] weights = Weights(all, input);
        using Generator random = new(1);
        ForwardMode mode = isTraining ? ForwardMode.Training(random) : ForwardMode.Prediction;
        Tensor forward = Oracle(cell, input, weights[..4]);
        Tensor backward = Oracle(cell, input.flip(2), weights[4..]).flip(2);

        Tensor states = all.Forward(input, weights, mode);
        Tensor last = (all with { LastState = true }).Forward(input, weights, mode);

        Assert.Multiple(() =>
        {
            Assert.That(Difference(states, cat([forward, backward], 1)), Is.LessThan(2e-6));
            Assert.That(Difference(last, cat([forward.select(2, steps - 1), backward.select(2, 0)], 1)),
                Is.LessThan(2e-6));
        });
    }

    [Test, Combinatorial]
    public void Gradients_are_those_of_the_formula([ValueSource(nameof(Cells))] RecurrentCell cell,
        [Values(1, 16, 40)] int units, [Values] bool isBothWays)
    {
        var layer = new RecurrentLayer(cell, units) { BothWays = isBothWays };
        Tensor input = Uniform([4, 3, 5], -2, 2, seed: 3).requires_grad_();
        Tensor[] weights = [.. Weights(layer, input).Select(weight => weight.requires_grad_())];
        Tensor slopes = Uniform([4, units * layer.Directions, 5], -1, 1, seed: 7);
        using Generator random = new(1);
        Tensor expected = Oracle(cell, input, weights[..4]);
        if (isBothWays)
            expected = cat([expected, Oracle(cell, input.flip(2), weights[4..]).flip(2)], 1);

        IList<Tensor> found = autograd.grad(
            [(layer.Forward(input, weights, ForwardMode.Training(random)) * slopes).sum()], [input, .. weights]);

        IList<Tensor> known = autograd.grad([(expected * slopes).sum()], [input, .. weights]);
        Assert.Multiple(() =>
        {
            for (int i = 0; i < known.Count; i++)
                Assert.That(Difference(found[i], known[i]), Is.LessThan(2e-5), $"tensor {i}");
        });
    }

    // On a GPU these compute; on a processor they are right where gradients follow.
    [Test, Combinatorial]
    public void The_functions_of_other_devices_compute_the_same([ValueSource(nameof(Cells))] RecurrentCell cell,
        [Values] bool isBothWays)
    {
        var layer = new RecurrentLayer(cell, 6) { BothWays = isBothWays };
        Tensor input = Uniform([4, 3, 5], -2, 2, seed: 3).requires_grad_();
        Tensor[] weights = [.. Weights(layer, input).Select(weight => weight.requires_grad_())];
        Tensor slopes = Uniform([5, 4, layer.Width], -1, 1, seed: 7);
        using Generator random = new(1);
        Tensor known = layer.Forward(input, weights, ForwardMode.Training(random)).permute(2, 0, 1);
        Tensor[] states = [.. Enumerable.Range(0, cell == RecurrentCell.Lstm ? 2 : 1)
            .Select(_ => zeros(layer.Directions, 4, 6))];

        Tensor found = TorchRecurrence.Run(input.permute(2, 0, 1), states, weights);

        IList<Tensor> foundSlopes = autograd.grad([(found * slopes).sum()], [input, .. weights]);
        IList<Tensor> knownSlopes = autograd.grad([(known * slopes).sum()], [input, .. weights]);
        Assert.Multiple(() =>
        {
            Assert.That(Difference(found, known), Is.LessThan(2e-6));
            for (int i = 0; i < knownSlopes.Count; i++)
                Assert.That(Difference(foundSlopes[i], knownSlopes[i]), Is.LessThan(2e-5), $"tensor {i}");
        });
    }

    [Test]
    public void The_functions_of_other_devices_can_be_called_from_threads_in_inference_mode()
    {
        Tensor input = Uniform([6, 4, 3]);
        Tensor[] state = [zeros(1, 4, 5)];
        Tensor[] weights = [Uniform([15, 3]), Uniform([15, 5]), Uniform([15]), Uniform([15])];
        float[] known = TorchRecurrence.Run(input, state, weights).Floats();

        float[][] found = [.. Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(8).Select(_ =>
        {
            using IDisposable inference = inference_mode();
            using var scope = NewDisposeScope();
            return TorchRecurrence.Run(input, state, weights).Floats();
        })];

        Assert.That(found, Has.All.EqualTo(known));
    }

    // Of each weight of a small layer, in both directions: what a change of it changes in a sum over the states.
    [TestCaseSource(nameof(Cells))]
    public void Gradients_are_finite_differences(RecurrentCell cell)
    {
        const float Step = 1e-2f;
        var layer = new RecurrentLayer(cell, 2) { BothWays = true };
        Tensor input = Uniform([2, 2, 3], -1, 1, seed: 3);
        Tensor[] weights = [.. Weights(layer, input).Select(weight => weight.requires_grad_())];
        Tensor slopes = Uniform([2, 4, 3], -1, 1, seed: 7);
        using Generator random = new(1);
        ForwardMode mode = ForwardMode.Training(random);
        IList<Tensor> found = autograd.grad([(layer.Forward(input, weights, mode) * slopes).sum()], weights);

        Assert.Multiple(() =>
        {
            for (int i = 0; i < weights.Length; i++)
            {
                float[] gradient = found[i].Floats();
                for (int at = 0; at < gradient.Length; at++)
                    Assert.That(gradient[at], Is.EqualTo((Sum(i, at, Step) - Sum(i, at, -Step)) / (2 * Step))
                        .Within(1e-3), $"tensor {i}, number {at}");
            }
        });

        double Sum(int changed, int at, float by)
        {
            using IDisposable noGrad = no_grad();
            Tensor[] moved = [.. weights.Select(weight => weight.clone())];
            moved[changed].view(-1)[at] += by;
            return (layer.Forward(input, moved, mode) * slopes).sum().item<float>();
        }
    }

    // One unit and one channel, by hand: s(x) = 1 / (1 + e^-x).
    [Test]
    public void A_state_by_hand()
    {
        static double S(double x) => 1 / (1 + Math.Exp(-x));
        Tensor row = tensor(new[] { 0.5f, -1 }, [1, 1, 2]);
        Tensor[] Of(params float[] gates) => [tensor(gates, [gates.Length, 1]),
            tensor([.. gates.Select(gate => 0.5f * gate)], [gates.Length, 1]), zeros(gates.Length),
            tensor([.. gates.Select(gate => 0.1f * gate)], [gates.Length])];
        double c1 = S(0.6 * 1) * Math.Tanh(0.6 * 3), h1 = S(0.6 * 4) * Math.Tanh(c1), x2 = -1 + 0.5 * h1 + 0.1;
        double c2 = S(2 * x2) * c1 + S(x2) * Math.Tanh(3 * x2), h2 = S(4 * x2) * Math.Tanh(c2);
        double n1 = Math.Tanh(3 * 0.5 + S(0.6) * 0.3), g1 = (1 - S(0.6 * 2)) * n1, y2 = -1 + 0.5 * g1 + 0.1;
        double n2 = Math.Tanh(-3 + S(y2) * (1.5 * g1 + 0.3)), g2 = (1 - S(2 * y2)) * n2 + S(2 * y2) * g1;

        float[] lstm = new RecurrentLayer(RecurrentCell.Lstm, 1).Forward(row, Of(1, 2, 3, 4), ForwardMode.Prediction)
            .Floats();
        float[] gru = new RecurrentLayer(RecurrentCell.Gru, 1).Forward(row, Of(1, 2, 3), ForwardMode.Prediction)
            .Floats();

        Assert.Multiple(() =>
        {
            Assert.That(lstm, Is.EqualTo(new[] { h1, h2 }).Within(1e-6));
            Assert.That(gru, Is.EqualTo(new[] { g1, g2 }).Within(1e-6));
        });
    }

    [Test, Combinatorial]
    public void A_vector_drives_the_states_that_unfold_from_it([ValueSource(nameof(Cells))] RecurrentCell cell,
        [Values] bool isTraining, [Values(1, 4)] int steps, [Values(1, 5)] int rows)
    {
        var layer = new UnfoldingLayer(cell, 3, steps);
        Tensor code = Uniform([rows, 6], -2, 2, seed: 3);
        Tensor[] weights = Weights(layer, code);
        using Generator random = new(1);
        Tensor[] first = (code.mm(weights[4].t()) + weights[5]).tanh().split(3, 1);

        Tensor states = layer.Forward(code, weights, isTraining ? ForwardMode.Training(random)
            : ForwardMode.Prediction);

        Tensor expected = Oracle(cell, code.unsqueeze(2).expand(-1, -1, steps), weights[..4], first);
        Assert.That(Difference(states, expected), Is.LessThan(2e-6));
    }

    /// <summary>Torch's kernels would read and write beyond the tensors.</summary>
    [Test]
    public void Tensors_of_other_shapes_are_refused()
    {
        Tensor input = Uniform([3, 2, 4]);
        Tensor[] state = [zeros(1, 2, 5)];
        Tensor[] weights = [zeros(15, 4), zeros(15, 5), zeros(15), zeros(15)];
        Assert.That(() => TorchRecurrence.Run(input, state, weights), Throws.Nothing);

        (string Name, Tensor Input, Tensor[] States, Tensor[] Weights)[] wrong =
        [
            ("channels", Uniform([3, 2, 5]), state, weights),
            ("rows", Uniform([3, 3, 4]), state, weights),
            ("no steps", zeros(0, 2, 4), state, weights),
            ("a matrix", Uniform([3, 4]), state, weights),
            ("units of the state", input, [zeros(1, 2, 6)], weights),
            ("directions of the state", input, [zeros(2, 2, 5)], weights),
            ("a memory too many", input, [state[0], state[0]], weights),
            ("no state", input, [], weights),
            ("double", input.to(ScalarType.Float64), state, weights),
            .. Enumerable.Range(0, 4).Select(i =>
                ($"weight {i}", input, state, (Tensor[])[.. weights[..i], weights[i][..^1], .. weights[(i + 1)..]])),
            ("a weight too few", input, state, weights[..3]),
            ("a weight of the second direction", input, state, [.. weights, zeros(15, 4), zeros(15, 5), zeros(15)]),
        ];

        Assert.Multiple(() =>
        {
            foreach ((string name, Tensor given, Tensor[] states, Tensor[] tensors) in wrong)
                Assert.That(() => TorchRecurrence.Run(given, states, tensors), Throws.ArgumentException, name);
        });
    }

    /// <summary>The formulas, step by step: <c>[B, C, T]</c> to <c>[B, H, T]</c>.</summary>
    private static Tensor Oracle(RecurrentCell cell, Tensor input, Tensor[] weights, Tensor[]? first = null)
    {
        long units = weights[1].shape[1];
        Tensor h = first?[0] ?? zeros(input.shape[0], units), c = first?[^1] ?? h;
        var states = new List<Tensor>();
        for (long step = 0; step < input.shape[2]; step++)
        {
            Tensor[] given = (input.select(2, step).mm(weights[0].t()) + weights[2]).split(units, 1);
            Tensor[] own = (h.mm(weights[1].t()) + weights[3]).split(units, 1);
            if (cell == RecurrentCell.Lstm)
            {
                Tensor[] gates = [.. given.Zip(own, (x, y) => x + y)];
                c = gates[1].sigmoid() * c + gates[0].sigmoid() * gates[2].tanh();
                h = gates[3].sigmoid() * c.tanh();
            }
            else
            {
                Tensor z = (given[1] + own[1]).sigmoid();
                Tensor n = (given[2] + (given[0] + own[0]).sigmoid() * own[2]).tanh();
                h = (ones_like(z) - z) * n + z * h;
            }
            states.Add(h);
        }
        return stack(states, 2);
    }

    private static Tensor[] Weights(Layer layer, Tensor input) =>
        [.. layer.Parameters(new Shape([.. input.shape[1..].Select(size => (int)size)]))
            .Select((spec, i) => Uniform(spec.Shape, -1, 1, seed: (ulong)i + 10))];

    private static double Difference(Tensor found, Tensor expected)
    {
        Assert.That(found.shape, Is.EqualTo(expected.shape));
        return (found - expected).abs().max().item<float>();
    }
}
