using Microsoft.ML;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

/// <summary>Recurrences through the steps of sequences.</summary>
internal sealed class RecurrentNetworkTests : TensorTests
{
    [Test]
    public void Layers_lead_to_the_last_state_and_the_code_unfolds_into_states()
    {
        NetworkPlan plan = Plan(Network.Recurrent([20, 10], bidirectional: true), steps: 60, channels: 2);

        // An LSTM has 4 H (I + H + 2) numbers; the unfolding one 2 H (Z + 1) more for its first states.
        Assert.That(new NetworkSummary(plan).ToString(), Is.EqualTo(string.Join(Environment.NewLine,
            "encoder  Reshape(2 x 60)                         2 x 60       0",
            "encoder  Lstm(20, both directions)              40 x 60   3,840",
            "encoder  Lstm(10, both directions, last state)       20   4,160",
            "encoder  Linear(3)                                    3      63",
            "decoder  Unfold(60 steps, Lstm(10))             10 x 60     680",
            "decoder  Lstm(20)                               20 x 60   2,560",
            "decoder  PerStep(Linear(2))                      2 x 60      42",
            "decoder  Flatten                                    120       0",
            "11,345 parameters")));
    }

    [Test]
    public void Tensors_have_the_names_that_PyTorch_gives_those_of_its_modules() => Assert.That(
        Plan(Network.Recurrent([4], bidirectional: true), 5, 2).Parameters().Select(spec => spec.Name).Take(9),
        Is.EqualTo(new[]
        {
            "encoder.1.weight_ih_l0", "encoder.1.weight_hh_l0", "encoder.1.bias_ih_l0", "encoder.1.bias_hh_l0",
            "encoder.1.weight_ih_l0_reverse", "encoder.1.weight_hh_l0_reverse", "encoder.1.bias_ih_l0_reverse",
            "encoder.1.bias_hh_l0_reverse", "encoder.2.weight",
        }));

    /// <summary>As PyTorch's begin, biases too.</summary>
    [Test]
    public void Weights_begin_uniform_within_one_over_the_root_of_the_units()
    {
        using BoundNetwork weights = Weights(Plan(Network.Recurrent([64]), 5, 2));

        foreach (string name in new[] { "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0" })
        {
            float[] numbers = weights[$"encoder.1.{name}"].Floats();
            Assert.Multiple(() =>
            {
                Assert.That(numbers, Has.All.InRange(-1 / 8f, 1 / 8f));
                // A uniform number's variance is a twelfth of the square of its range.
                Assert.That(numbers.Average(x => x * x), Is.EqualTo(1 / 192.0).Within(0.15 / 192), name);
                Assert.That(numbers.Average(), Is.Zero.Within(0.012), name);
            });
        }
    }

    [Test]
    public void The_decoder_leads_back_to_the_size_of_the_input([Values(1, 2, 7)] int steps,
        [Values(1, 3)] int channels, [Values(1, 2)] int depth, [Values] bool isBothWays, [Values] RecurrentCell cell,
        [Values(1, 2)] int rows, [Values] bool feedsBack)
    {
        NetworkPlan plan = Plan(Network.Recurrent([.. Enumerable.Repeat(4, depth)], cell, isBothWays, feedsBack), steps,
            channels);
        using BoundNetwork weights = Weights(plan);

        Tensor code = weights.Encode(Uniform([rows, steps * channels]), ForwardMode.Prediction);

        Assert.Multiple(() =>
        {
            Assert.That(code.shape, Is.EqualTo(new long[] { rows, 3 }));
            Assert.That(plan.Decoder.Layers[^1], Is.EqualTo(new ReshapeLayer(null)));
            Assert.That(weights.Decode(code, ForwardMode.Prediction).shape,
                Is.EqualTo(new long[] { rows, steps * channels }));
        });
    }

    [Test]
    public void Layers_of_others_are_mirrored_with_a_linear_map_after_each() => Assert.That(
        Network.Compose(layers => layers.Sequence(5, 2).Recurrent(4, RecurrentCell.Gru, bidirectional: true)
            .Residual(inner => inner.Recurrent(8)).Recurrent(3, lastState: true)).Plan(10, 2).Decoder.Names(),
        Is.EqualTo(new[]
        {
            "Linear(3)", "Unfold(5 steps, Lstm(3))", "PerStep(Linear(8))", "Residual(Lstm(8), PerStep(Linear(8)))",
            "Gru(4, both directions)", "PerStep(Linear(2))", "Flatten",
        }));

    [Test]
    public void A_label_is_a_channel_at_each_step_and_drives_the_decoder_with_the_code([Values] bool feedsBack)
    {
        NetworkPlan plan = Plan(Network.Recurrent([4], feedsBack: feedsBack), steps: 7, channels: 3, labels: 2);
        using BoundNetwork weights = Weights(plan);
        Tensor row = Uniform([1, 21]), code = Uniform([1, 3]);

        Tensor Difference(Func<Tensor, Tensor> compute) =>
            (compute(tensor(new[] { 1L })) - compute(tensor(new[] { 0L }))).abs().max();

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names()[0], Is.EqualTo("Reshape(3 x 7) + 2 planes"));
            Assert.That(plan.Decoder.InputShape, Is.EqualTo(Shape.Vector(5)));
            Assert.That(Difference(label => weights.Encode(row, ForwardMode.Prediction, label)).item<float>(),
                Is.GreaterThan(1e-3));
            Assert.That(Difference(label => weights.Decode(code, ForwardMode.Prediction, label)).item<float>(),
                Is.GreaterThan(1e-3));
        });
    }

    [Test]
    public void A_target_of_other_channels_is_given_by_the_last_layer() => Assert.That(
        Network.Recurrent([4]).Plan(21, 3, 3, endInSigmoid: true, outputSize: 14, sequence: new SequenceFormat(7, 3))
            .Decoder.Names(),
        Is.EqualTo(new[] { "Unfold(7 steps, Lstm(4))", "PerStep(Linear(2))", "Flatten", "Sigmoid" }));

    [Test]
    public void A_decoder_that_feeds_back_knows_the_sigmoid_after_it() => Assert.That(
        Network.Recurrent([6, 4], feedsBack: true, droppedInputs: 0.25f).Plan(21, 3, 3, endInSigmoid: true,
            sequence: new SequenceFormat(7, 3)).Decoder.Layers,
        Is.EqualTo(new Layer[]
        {
            new FeedbackLayer(RecurrentCell.Lstm, [4, 6], 7, 3, 0.25f) { Final = Activation.Sigmoid },
            new ReshapeLayer(null), new ActivationLayer(Activation.Sigmoid),
        }));

    [Test]
    public void A_decoder_that_feeds_back_gets_its_own_steps_where_it_is_asked_for() => Assert.That(
        Network.Recurrent([4], feedsBack: true, scheduledSampling: 0.25f).Plan(21, 3, 3, endInSigmoid: false,
            sequence: new SequenceFormat(7, 3)).Decoder.Names(),
        Is.EqualTo(new[] { "Feedback(7 x 3, Lstm(4), 0.25 sampled)", "Flatten" }));

    [Test]
    public void A_conductor_drives_the_decoder_of_each_segment()
    {
        NetworkPlan repeats = Plan(Network.Recurrent([20, 10], segments: 4), steps: 12, channels: 2);

        Assert.Multiple(() =>
        {
            Assert.That(new NetworkSummary(repeats).ToString(), Is.EqualTo(string.Join(Environment.NewLine,
                "encoder  Reshape(2 x 12)                                                       2 x 12      0",
                "encoder  Lstm(20)                                                             20 x 12  1,920",
                "encoder  Lstm(10, last state)                                                      10  1,280",
                "encoder  Linear(3)                                                                  3     33",
                "decoder  Unfold(4 steps, Lstm(10))                                             10 x 4    680",
                "decoder  PerSegment(Unfold(3 steps, Lstm(10)), Lstm(20), PerStep(Linear(2)))   2 x 12  3,702",
                "decoder  Flatten                                                                   24      0",
                "7,615 parameters")));
            Assert.That(Network.Recurrent([6, 4], RecurrentCell.Gru, feedsBack: true, segments: 2, droppedInputs: 0.5f)
                .Plan(24, 3, 3, endInSigmoid: true, sequence: new SequenceFormat(12, 2)).Decoder.Layers,
                Is.EqualTo(new Layer[]
                {
                    new UnfoldingLayer(RecurrentCell.Gru, 4, 2),
                    new PerSegmentLayer([new FeedbackLayer(RecurrentCell.Gru, [4, 6], 6, 2, 0.5f)
                    {
                        Final = Activation.Sigmoid,
                    }]),
                    new ReshapeLayer(null), new ActivationLayer(Activation.Sigmoid),
                }));
        });
    }

    [Test]
    public void Segments_that_do_not_divide_the_steps_are_refused() =>
        Assert.That(() => Plan(Network.Recurrent([4], segments: 5), steps: 12, channels: 2),
            Throws.TypeOf<NetworkException>().With.Message.EqualTo(
            "Network.Recurrent: segments is 5, which does not divide the 12 steps of a sequence."));

    [Test]
    public void A_target_that_is_no_number_for_each_step_is_refused() =>
        Assert.That(() => Network.Recurrent([4]).Plan(21, 3, 3, endInSigmoid: false, outputSize: 15,
            sequence: new SequenceFormat(7, 3)), Throws.TypeOf<NetworkException>().With.Message.EqualTo(
            "Network.Recurrent gives sequences of as many steps as it takes, 7, and 15 numbers per row are not a " +
            "whole number for each. Network.Compose with a custom decoder, or Network.Dense, gives any."));

    [Test]
    public void Gates_that_no_memory_holds_are_refused() =>
        Assert.That(() => Plan(Network.Recurrent([1 << 14]), steps: 1 << 14, channels: 1),
            Throws.TypeOf<NetworkException>().With.Message.EqualTo("Lstm(16384, last state) needs 1,073,741,824 " +
            "numbers for what 16,384 steps are given; at most 536,870,897 are possible."));

    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case("no units", () => Network.Recurrent([]),
            "Network.Recurrent: units is empty; it must name the units of at least one layer. (Parameter 'units')");
        yield return Case("a layer of nothing", () => Network.Recurrent([4, 0]),
            "Network.Recurrent: units is 0; it must be at least 1. (Parameter 'units')");
        yield return Case("nothing to drop", () => Network.Recurrent(droppedInputs: 0.5f),
            "Network.Recurrent: droppedInputs is 0.5; it must be 0 where feedsBack is false: nothing is fed back " +
            "that could be dropped. (Parameter 'droppedInputs')");
        yield return Case("nothing to sample", () => Network.Recurrent(scheduledSampling: 0.5f),
            "Network.Recurrent: scheduledSampling is 0.5; it must be 0 where feedsBack is false: nothing is fed back " +
            "that could be sampled. (Parameter 'scheduledSampling')");
        yield return Case("no segments", () => Network.Recurrent(segments: 0),
            "Network.Recurrent: segments is 0; it must be at least 1. (Parameter 'segments')");
        yield return Case("no probability to sample",
            () => Network.Recurrent(feedsBack: true, scheduledSampling: -0.5f),
            "Network.Recurrent: scheduledSampling is -0.5; it must be at least 0. (Parameter 'scheduledSampling')");
        yield return Case("no probability", () => Network.Recurrent(feedsBack: true, droppedInputs: 1.5f),
            "Network.Recurrent: droppedInputs is 1.5; it must be at most 1. (Parameter 'droppedInputs')");
        yield return Case("too many layers", () => Network.Recurrent([.. Enumerable.Repeat(2, 17)], feedsBack: true),
            "Network.Recurrent: units is a list of 17; where feedsBack is true it must name at most 16 layers. " +
            "(Parameter 'units')");
        yield return Case("an unknown cell", () => Network.Recurrent(cell: (RecurrentCell)99),
            "Network.Recurrent: cell is 99; it must be one of Lstm, Gru. (Parameter 'cell')");
        yield return Case("no steps", () => Network.Compose(layers => layers.Unfold(0, 4)),
            "Unfold: steps is 0; it must be at least 1. (Parameter 'steps')");
        yield return Case("a vector", () => Network.Compose(layers => layers.Recurrent(4)).Plan(12, 3),
            "Lstm(4) takes a sequence (channels x steps), and gets 12: put Sequence(...) before it.");
        yield return Case("a sequence", () => Network.Compose(layers => layers.Sequence(4, 3).Unfold(4, 2)).Plan(12, 3),
            "Unfold(4 steps, Lstm(2)) takes a vector, and gets 3 x 4: put Flatten() before it.");

        static TestCaseData Case(string name, Action call, string message) =>
            new TestCaseData(call, message).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Mistakes))]
    public void What_cannot_be_is_refused(Action call, string message) =>
        Assert.That(call, Throws.Exception.With.Message.EqualTo(message));

    // Two numbers say which sine of one frequency it is. Without a state that is passed on, the best is the mean row,
    // whose error is half of the mean square of the heights, 0.23.
    [TestCase(RecurrentCell.Lstm, false)]
    [TestCase(RecurrentCell.Gru, false)]
    [TestCase(RecurrentCell.Lstm, true)]
    [TestCase(RecurrentCell.Gru, false, 3)]
    [TestCase(RecurrentCell.Gru, true, 3)]
    public void A_family_of_sines_is_learned_to_a_code_of_two_numbers(RecurrentCell cell, bool feedsBack,
        int segments = 1)
    {
        var ml = new MLContext(1);
        float[][] waves = Waves(400, seed: 1), others = Waves(100, seed: 2);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Window", new()
        {
            CodeSize = 2,
            Network = Network.Recurrent([24], cell, feedsBack: feedsBack, droppedInputs: feedsBack ? 0.5f : 0,
                segments: segments),
            Training = new()
            {
                Epochs = 30,
                BatchSize = 32,
                LearningRate = 1e-2f,
                Seed = 7,
                Schedule = LearningRateSchedule.Cosine()
            },
        }).Fit(SmallSequences.View(ml, waves, 12, 1));

        float[][] found = model.Reconstruct(others);

        double error = others.Zip(found, (wave, clean) =>
            wave.Zip(clean, (x, y) => (double)(x - y) * (x - y)).Average()).Average();
        Assert.That(error, Is.LessThan(0.003));
    }

    [Test]
    public void A_decoder_of_keys_knows_that_it_gives_log_odds() => Assert.That(
        Network.Recurrent([4], feedsBack: true, segments: 2).Plan(6, 3, 3, endInSigmoid: false,
            sequence: new SequenceFormat(6, 5), tokens: new TokenFormat(6, 5)).Decoder.Layers,
        Is.EqualTo(new Layer[]
        {
            new UnfoldingLayer(RecurrentCell.Lstm, 4, 2),
            new PerSegmentLayer([new FeedbackLayer(RecurrentCell.Lstm, [4], 3, 5, 0) { GivesLogOdds = true }]),
            new ReshapeLayer(null),
        }));

    [TestCase(1, 0)]
    [TestCase(1, 0.5f)]
    [TestCase(2, 0)]
    public void Keys_are_learned_by_a_decoder_that_feeds_them_back(int segments, float sampled)
    {
        var ml = new MLContext(1);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Tokens", new()
        {
            CodeSize = 4,
            Network = Network.Recurrent([24], RecurrentCell.Gru, feedsBack: true, scheduledSampling: sampled,
                segments: segments),
            Training = new() { Epochs = 40, BatchSize = 32, Seed = 1, LearningRate = 1e-2f },
        }).Fit(SmallTokens.View(ml, SmallTokens.Make(200)));
        uint[][] rows = SmallTokens.Make(50, seed: 7);

        uint[][] back = model.Tokens.Reconstruct(rows);
        uint[][] drawn = model.Tokens.Reconstruct(rows, temperature: 0.5f, seed: 3);

        Assert.Multiple(() =>
        {
            Assert.That(ShareOfSame(rows, back), Is.GreaterThan(0.95));
            Assert.That(ShareOfSame(rows, drawn), Is.GreaterThan(0.7));
            Assert.That(model.Tokens.Reconstruct(rows, temperature: 0.5f, seed: 3), Is.EqualTo(drawn));
        });

        static double ShareOfSame(uint[][] rows, uint[][] others) => rows.Zip(others).Average(pair =>
            pair.First.Zip(pair.Second).Average(keys => keys.First == keys.Second ? 1.0 : 0));
    }

    private static IEnumerable<TestCaseData> Kinds() =>
    [
        new TestCaseData(Network.Recurrent([5, 3], bidirectional: true)).SetArgDisplayNames("LSTMs"),
        new TestCaseData(Network.Recurrent([5], RecurrentCell.Gru, feedsBack: true, droppedInputs: 0.5f,
            scheduledSampling: 0.5f))
            .SetArgDisplayNames("a GRU that feeds back"),
        new TestCaseData(Network.Recurrent([5, 3], feedsBack: true, scheduledSampling: 0.5f, segments: 3))
            .SetArgDisplayNames("a conductor"),
        new TestCaseData(Network.Temporal([5, 3], dilated: true)).SetArgDisplayNames("dilated convolutions"),
    ];

    [TestCaseSource(nameof(Kinds))]
    public void The_same_seed_gives_the_same_bits_and_no_tensor_is_left(Network network)
    {
        var ml = new MLContext(1);
        float[][] waves = Waves(90, seed: 1);
        var codes = new List<float[][]>();

        long left = LiveTensors.Left(() =>
        {
            using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Window", new()
            {
                CodeSize = 2,
                Network = network,
                Training = Small.Training() with { ValidationFraction = 0.2f },
            }).Fit(SmallSequences.View(ml, waves, 12, 1));
            codes.Add(model.Reconstruct(waves));
        });

        Assert.That(codes[1].Select(Bits.Of), Is.EqualTo(codes[0].Select(Bits.Of)));
        Assert.That(left, Is.Zero);
    }

    private static float[][] Waves(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            (double height, double phase) = (0.3 + 0.7 * random.NextDouble(), 2 * Math.PI * random.NextDouble());
            return Enumerable.Range(0, 12)
                .Select(step => (float)(height * Math.Sin(2 * Math.PI * step / 12 + phase))).ToArray();
        })];
    }

    private static NetworkPlan Plan(Network network, int steps, int channels, int labels = 0) =>
        network.Plan(steps * channels, 3, 3, endInSigmoid: false, conditionSize: labels,
            sequence: new SequenceFormat(steps, channels));

    private static BoundNetwork Weights(NetworkPlan plan)
    {
        using var random = new Generator(1);
        return BoundNetwork.Initialize(plan, random, CPU);
    }
}
