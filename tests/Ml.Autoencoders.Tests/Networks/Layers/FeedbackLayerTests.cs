using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

/// <summary>A decoder that is given what it gave, or in training what it should have given.</summary>
internal sealed class FeedbackLayerTests : TensorTests
{
    private const int Inputs = 4;

    private static readonly RecurrentCell[] Cells = Enum.GetValues<RecurrentCell>();

    [Test, Combinatorial]
    public void Its_own_output_comes_back_at_the_next_step([ValueSource(nameof(Cells))] RecurrentCell cell,
        [Values(1, 2)] int depth, [Values(1, 5)] int steps, [Values(1, 3)] int channels, [Values] bool hasSigmoid,
        [Values(1, 6)] int rows)
    {
        FeedbackLayer layer = Layer(cell, depth, steps, channels) with
        {
            Final = hasSigmoid ? Activation.Sigmoid : null,
        };
        Tensor code = Uniform([rows, Inputs], -2, 2, seed: 3);
        Tensor[] weights = Weights(layer);

        Tensor output = layer.Forward(code, weights, ForwardMode.Prediction);

        Tensor expected = Oracle(layer, code, weights, (_, before) => hasSigmoid ? before.sigmoid() : before);
        Assert.That(output.shape, Is.EqualTo(new long[] { rows, channels, steps }));
        Assert.That((output - expected).abs().max().item<float>(), Is.LessThan(5e-6));
    }

    // With a row's own output as the row that it is told, both are the same.
    [Test, Combinatorial]
    public void In_training_it_is_told_the_step_before([ValueSource(nameof(Cells))] RecurrentCell cell,
        [Values(1, 2)] int depth, [Values(1, 5)] int steps, [Values(1, 3)] int channels)
    {
        FeedbackLayer layer = Layer(cell, depth, steps, channels);
        Tensor code = Uniform([6, Inputs], -2, 2, seed: 3).requires_grad_();
        Tensor target = Uniform([6, steps, channels], -1, 1, seed: 4);
        Tensor[] weights = [.. Weights(layer).Select(weight => weight.requires_grad_())];
        using Generator random = new(1);

        Tensor output = layer.Forward(code, weights,
            ForwardMode.Training(random).Telling<TorchArray>(target.flatten(1)));

        Tensor expected = Oracle(layer, code, weights, (step, _) => target.select(1, step - 1));
        Assert.That((output - expected).abs().max().item<float>(), Is.LessThan(5e-6));
        Tensor slopes = Uniform(output.shape, -1, 1, seed: 5);
        IList<Tensor> found = autograd.grad([(output * slopes).sum()], [code, .. weights]);
        IList<Tensor> known = autograd.grad([(expected * slopes).sum()], [code, .. weights]);
        Assert.That(found.Zip(known, (x, y) => (x - y).abs().max().item<float>()), Has.All.LessThan(5e-5));
    }

    [Test]
    public void A_decoder_is_told_in_training_alone()
    {
        FeedbackLayer layer = Layer(RecurrentCell.Lstm, 1, 5, 2);
        Tensor code = Uniform([6, Inputs], seed: 3);
        Tensor[] weights = Weights(layer);
        using Generator random = new(1);
        Tensor own = layer.Forward(code, weights, ForwardMode.Prediction);

        Tensor untold = layer.Forward(code, weights, ForwardMode.Prediction.Telling<TorchArray>(Uniform([6, 10])));
        Tensor training = layer.Forward(code, weights, ForwardMode.Training(random));
        Tensor told = layer.Forward(code, weights,
            ForwardMode.Training(random).Telling<TorchArray>(own.permute(0, 2, 1).flatten(1)));

        Assert.Multiple(() =>
        {
            Assert.That(untold.Floats(), Is.EqualTo(own.Floats()));
            Assert.That(training.Floats(), Is.EqualTo(own.Floats()).Within(1e-6));
            Assert.That(told.Floats(), Is.EqualTo(own.Floats()).Within(1e-6));
        });
    }

    [TestCase(0.25f)]
    [TestCase(1f)]
    public void Steps_that_are_told_are_dropped_whole(float rate)
    {
        // A weight of 1 from the channels to one gate alone makes what was told visible: the others are 0.
        var layer = new FeedbackLayer(RecurrentCell.Gru, [1], 50, 2, rate);
        Tensor[] weights = [.. Weights(layer).Select(weight => zeros_like(weight))];
        weights[0][2, Inputs] = 1; // the new state, from the first channel
        weights[^2].fill_(1);
        using Generator random = new(1);
        Tensor target = Uniform([40, 50, 2], 1, 2, seed: 4);

        Tensor output = layer.Forward(zeros(40, Inputs), weights,
            ForwardMode.Training(random).Telling<TorchArray>(target.flatten(1)));

        // h_t = (1 - s(0)) tanh(x) + s(0) h_(t-1), with s(0) = 1 / 2.
        Tensor state = output.select(1, 0);
        Tensor told = state.narrow(1, 1, 49) - state.narrow(1, 0, 49).Over(2);
        Tensor expected = target.select(2, 0).narrow(1, 0, 49).tanh().Over(2);
        float[] shares = (told / expected).Floats();
        Assert.That(shares, Has.All.EqualTo(0f).Within(1e-4).Or.EqualTo(1f).Within(1e-4));
        Assert.That(shares.Count(share => share < 0.5) / (double)shares.Length, Is.EqualTo(rate).Within(0.03));
    }

    [Test, Combinatorial]
    public void The_likeliest_class_comes_back_where_it_gives_log_odds([ValueSource(nameof(Cells))] RecurrentCell cell,
        [Values(1, 2)] int depth, [Values(1, 5)] int steps, [Values(1, 6)] int rows)
    {
        FeedbackLayer layer = Layer(cell, depth, steps, channels: 4) with { GivesLogOdds = true };
        Tensor code = Uniform([rows, Inputs], -2, 2, seed: 3);
        Tensor[] weights = Weights(layer);

        Tensor output = layer.Forward(code, weights, ForwardMode.Prediction);

        Tensor expected = Oracle(layer, code, weights, (_, before) => OneOf(before.argmax(1).Plus(1), 4));
        Assert.That((output - expected).abs().max().item<float>(), Is.LessThan(5e-6));
    }

    [TestCaseSource(nameof(Cells))]
    public void A_class_that_is_drawn_comes_back(RecurrentCell cell)
    {
        FeedbackLayer layer = Layer(cell, 2, 5, channels: 4) with { GivesLogOdds = true };
        Tensor code = Uniform([6, Inputs], -2, 2, seed: 3), noise = Uniform([6, 20], -3, 3, seed: 4);
        Tensor[] weights = Weights(layer);

        Tensor output = layer.Forward(code, weights, ForwardMode.Prediction.Drawing<TorchArray>(noise));

        Tensor expected = Oracle(layer, code, weights, (step, before) =>
            OneOf((before + noise.narrow(1, 4 * (step - 1), 4)).argmax(1).Plus(1), 4));
        Assert.That((output - expected).abs().max().item<float>(), Is.LessThan(5e-6));
        Tensor likeliest = layer.Forward(code, weights, ForwardMode.Prediction);
        Assert.That((output - likeliest).abs().max().item<float>(), Is.GreaterThan(0.01));
    }

    // Keys 1 to 4, of which 0 is missing.
    [TestCaseSource(nameof(Cells))]
    public void In_training_it_is_told_the_class_before(RecurrentCell cell)
    {
        FeedbackLayer layer = Layer(cell, 2, 5, channels: 4) with { GivesLogOdds = true };
        Tensor code = Uniform([3, Inputs], -2, 2, seed: 3).requires_grad_();
        Tensor target = tensor(new float[] { 1, 4, 0, 2, 2, 3, 3, 1, 4, 0, 0, 1, 2, 3, 4 }, [3, 5]);
        Tensor[] weights = [.. Weights(layer).Select(weight => weight.requires_grad_())];
        using Generator random = new(1);

        Tensor output = layer.Forward(code, weights, ForwardMode.Training(random).Telling<TorchArray>(target));

        Tensor expected = Oracle(layer, code, weights, (step, _) => OneOf(target.select(1, step - 1), 4));
        Tensor slopes = Uniform(output.shape, -1, 1, seed: 5);
        IList<Tensor> found = autograd.grad([(output * slopes).sum()], [code, .. weights]);
        IList<Tensor> known = autograd.grad([(expected * slopes).sum()], [code, .. weights]);
        Assert.That((output - expected).abs().max().item<float>(), Is.LessThan(5e-6));
        Assert.That(found.Zip(known, (x, y) => (x - y).abs().max().item<float>()), Has.All.LessThan(5e-5));
    }

    // A GRU of one unit whose gates are all 0 but the new state, n = tanh(w of the class before): h' = (n + h) / 2, and
    // the log-odds of the two classes are h and -h.
    [Test]
    public void Classes_by_hand()
    {
        var layer = new FeedbackLayer(RecurrentCell.Gru, [1], 3, 2, 0) { GivesLogOdds = true };
        Tensor[] weights = [.. layer.Parameters(Shape.Vector(1)).Select(spec => zeros(spec.Shape))];
        weights[0][2, 0] = 1;    // of the code
        weights[0][2, 1] = -3;   // of class 1
        weights[0][2, 2] = 2;    // of class 2
        weights[^2][0, 0] = 1;
        weights[^2][1, 0] = -1;
        double first = Math.Tanh(0.5) / 2, second = (Math.Tanh(0.5 - 3) + first) / 2;   // classes 1, then 2
        double third = (Math.Tanh(0.5 + 2) + second) / 2;

        float[] output = layer.Forward(tensor(new[] { 0.5f }, [1, 1]), weights, ForwardMode.Prediction).Floats();

        Assert.That(output, Is.EqualTo(new[] { first, second, third, -first, -second, -third }).Within(1e-6));
    }

    [Test, Combinatorial]
    public void Where_all_is_sampled_it_is_given_what_it_gave_after_the_true_steps([Values] bool givesLogOdds,
        [Values] bool hasSigmoid)
    {
        FeedbackLayer layer = Layer(RecurrentCell.Lstm, 2, 5, 3) with
        {
            GivesLogOdds = givesLogOdds,
            Final = hasSigmoid && !givesLogOdds ? Activation.Sigmoid : null,
        };
        Tensor code = Uniform([4, Inputs], -2, 2, seed: 3).requires_grad_();
        Tensor[] weights = [.. Weights(layer).Select(weight => weight.requires_grad_())];
        Tensor target = givesLogOdds ? Uniform([4, 5], 0, 4, seed: 4).floor() : Uniform([4, 15], 0, 1, seed: 4);
        using Generator random = new(1);
        ForwardMode mode = ForwardMode.Training(random);
        Tensor given = layer.Forward(code, weights, mode.Telling<TorchArray>(target)).permute(0, 2, 1).detach();
        Tensor own = givesLogOdds ? given.argmax(2).Plus(1).to(ScalarType.Float32)
            : (hasSigmoid ? given.sigmoid() : given).flatten(1);
        Tensor expected = layer.Forward(code, weights, mode.Telling<TorchArray>(own));

        Tensor output = (layer with { ScheduledSampling = 1 }).Forward(code, weights,
            mode.Telling<TorchArray>(target));

        Assert.That(output.Floats(), Is.EqualTo(expected.Floats()).Within(1e-6));
        Tensor slopes = Uniform(output.shape, -1, 1, seed: 5);
        IList<Tensor> found = autograd.grad([(output * slopes).sum()], [code, .. weights]);
        IList<Tensor> known = autograd.grad([(expected * slopes).sum()], [code, .. weights]);
        Assert.That(found.Zip(known, (x, y) => (x - y).abs().max().item<float>()), Has.All.LessThan(1e-5));
    }

    // One channel alone is given to a gate, and the layer gives 0 there, so that steps of its own are 0.
    [TestCase(0, 0)]
    [TestCase(0.25, 0.2f)]
    [TestCase(1, 0.8f)]
    public void The_share_of_its_own_steps_grows_through_the_fit(double progress, float share)
    {
        var layer = new FeedbackLayer(RecurrentCell.Gru, [1], 50, 2, 0) { ScheduledSampling = 0.8f };
        Tensor[] weights = [.. Weights(layer).Select(weight => zeros_like(weight))];
        weights[0][2, Inputs + 1] = 1;
        weights[^2][0, 0] = 1;
        using Generator random = new(1);
        Tensor target = Uniform([40, 50, 2], 1, 2, seed: 4);

        Tensor output = layer.Forward(zeros(40, Inputs), weights,
            ForwardMode.Training(random, progress).Telling<TorchArray>(target.flatten(1)));

        Tensor state = output.select(1, 0);
        Tensor told = state.narrow(1, 1, 49) - state.narrow(1, 0, 49).Over(2);
        float[] shares = (told / target.select(2, 1).narrow(1, 0, 49).tanh().Over(2)).Floats();
        Assert.That(shares, Has.All.EqualTo(0f).Within(1e-4).Or.EqualTo(1f).Within(1e-4));
        Assert.That(shares.Count(step => step < 0.5) / (double)shares.Length, Is.EqualTo(share).Within(0.03));
    }

    /// <summary>Vectors in which the number of a class, from 1 on, is 1; all are 0 for class 0.</summary>
    private static Tensor OneOf(Tensor classes, int count) =>
        nn.functional.one_hot(classes.to(ScalarType.Int64), count + 1).narrow(1, 1, count).to(ScalarType.Float32);

    private static FeedbackLayer Layer(RecurrentCell cell, int depth, int steps, int channels) =>
        new(cell, [.. Enumerable.Range(2, depth)], steps, channels, 0);

    private static Tensor[] Weights(FeedbackLayer layer) => [.. layer.Parameters(Shape.Vector(Inputs))
        .Select((spec, i) => Uniform(spec.Shape, -1, 1, seed: (ulong)i + 10))];

    /// <param name="layer">The layer.</param>
    /// <param name="code">What drives it.</param>
    /// <param name="weights">Its numbers.</param>
    /// <param name="given">What a step is given, of its number and of the output before.</param>
    private static Tensor Oracle(FeedbackLayer layer, Tensor code, Tensor[] weights, Func<int, Tensor, Tensor> given)
    {
        int depth = layer.Units.Count, each = layer.Cell == RecurrentCell.Lstm ? 2 : 1;
        Tensor[] first = (code.mm(weights[^4].t()) + weights[^3]).tanh()
            .split([.. layer.Units.SelectMany(units => Enumerable.Repeat((long)units, each))], 1);
        Tensor[] shown = [.. first.Chunk(each).Select(states => states[0])];
        Tensor[] memories = [.. first.Chunk(each).Select(states => states[^1])];
        Tensor before = zeros(code.shape[0], layer.Channels);
        var steps = new List<Tensor>();
        for (int step = 0; step < layer.Steps; step++)
        {
            Tensor input = cat([code, step == 0 ? before : given(step, before)], 1);
            for (int i = 0; i < depth; i++)
            {
                Tensor[] own = weights[(4 * i)..(4 * i + 4)];
                Tensor[] x = (input.mm(own[0].t()) + own[2]).split(layer.Units[i], 1);
                Tensor[] h = (shown[i].mm(own[1].t()) + own[3]).split(layer.Units[i], 1);
                if (layer.Cell == RecurrentCell.Lstm)
                {
                    memories[i] = (x[1] + h[1]).sigmoid() * memories[i]
                        + (x[0] + h[0]).sigmoid() * (x[2] + h[2]).tanh();
                    shown[i] = (x[3] + h[3]).sigmoid() * memories[i].tanh();
                }
                else
                {
                    Tensor z = (x[1] + h[1]).sigmoid(), n = (x[2] + (x[0] + h[0]).sigmoid() * h[2]).tanh();
                    shown[i] = (ones_like(z) - z) * n + z * shown[i];
                }
                input = shown[i];
            }
            before = input.mm(weights[^2].t()) + weights[^1];
            steps.Add(before);
        }
        return stack(steps, 2);
    }
}
