using Microsoft.ML.Data;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Scoring;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.ManagedScoring;

/// <summary>Models of random numbers, computed in managed memory and by torch.</summary>
internal sealed class ManagedModelTests : TensorTests
{
    private const int Inputs = 37;
    private const int CodeSize = 5;

    // Below one block of 48 rows, around tiles of 6, and more than one block.
    private static readonly int[] Counts = [1, 2, 5, 6, 7, 47, 48, 49, 100];

    private static readonly ManagedOutput[] Plain =
        [ManagedOutput.Code, ManagedOutput.Reconstruction, ManagedOutput.Error, ManagedOutput.FeatureErrors,
            ManagedOutput.Anomaly];

    public static IEnumerable<Network> Networks =>
    [
        Network.Dense(),
        .. Enum.GetValues<Activation>().Select(activation => Network.Dense([23, 70], activation)),
        Network.Dense([23, 70], Activation.Elu, batchNorm: true),
        Network.Compose(layers => layers.Linear(70).LayerNorm().Gelu().Dropout().Linear(1).Tanh()),
        Network.Compose(layers => layers.Dropout(0.1f).Linear(16).Relu().BatchNorm().BatchNorm().Linear(130).BatchNorm()
            .LayerNorm()),
        Network.Compose(layers => layers.Linear(24).Silu().Reshape(2, 3, 4).LeakyRelu().Flatten().Linear(9),
            layers => layers.Linear(Inputs).Reshape(1, 1, Inputs).Tanh()),
    ];

    /// <summary>Networks whose first layer is not linear: no condition can be told to them here.</summary>
    public static IEnumerable<Network> Others =>
    [
        Network.Compose(layers => layers.LayerNorm().Linear(20).Relu(), layers => layers.Tanh().Linear(20)),
        Network.Compose(layers => layers.BatchNorm().Tanh().Linear(20)),
    ];

    [TestCaseSource(nameof(Networks))]
    [TestCaseSource(nameof(Others))]
    public void Every_network_agrees_with_torch(Network network)
    {
        using AutoencoderModel model = Make(network);
        RequireAgreement(model, Plain);
    }

    [TestCaseSource(nameof(Networks))]
    public void Every_network_agrees_with_torch_on_a_condition(Network network)
    {
        using AutoencoderModel model = Make(network, labels: 3);
        RequireAgreement(model, Plain);
    }

    [TestCaseSource(nameof(Networks))]
    public void Every_network_agrees_with_torch_on_log_odds(Network network)
    {
        using AutoencoderModel model = Make(network, likelihood: new BernoulliLikelihood());
        RequireAgreement(model, Plain);
    }

    [Test]
    public void A_mean_and_a_log_variance_agree_with_torch()
    {
        using AutoencoderModel model = Make(Network.Dense(20), bottleneck: new GaussianBottleneck(),
            likelihood: new LearnedGaussianLikelihood());
        RequireAgreement(model, [.. Plain, ManagedOutput.Column]);
    }

    [TestCase(-0.02f, 0.01f)]
    [TestCase(-1e-4f, 9)]
    public void A_bounded_log_variance_agrees_with_torch(float least, float greatest)
    {
        using AutoencoderModel model = Make(Network.Dense(20),
            bottleneck: new GaussianBottleneck(new LogVarianceBounds(least, greatest)),
            likelihood: new LearnedGaussianLikelihood());
        using AutoencoderModel free = Make(Network.Dense(20), bottleneck: new GaussianBottleneck(),
            likelihood: new LearnedGaussianLikelihood());
        RequireAgreement(model, [.. Plain, ManagedOutput.Column]);
        float[] rows = Rows(30);
        float[] numbers = Score(free, rows, ManagedOutput.Column);
        Assert.That(numbers, Has.Some.LessThan(least).And.Some.GreaterThan(least));
        Assert.That(Score(model, rows, ManagedOutput.Column), Is.EqualTo(numbers.Select(number =>
        {
            double within = Math.Clamp(number, least, greatest);
            return within + Math.Asinh(number - within);
        })).Within(1e-6));
        Assert.That(Bits.Of(Score(model, rows, ManagedOutput.Code)),
            Is.EqualTo(Bits.Of(Score(free, rows, ManagedOutput.Code))));
    }

    [Test]
    public void What_is_drawn_agrees_with_torch([Values(0, 3)] int labels, [Values] bool isLogOdds)
    {
        using AutoencoderModel model = Make(Network.Dense([23, 70], Activation.Gelu), labels: labels,
            bottleneck: new GaussianBottleneck(),
            likelihood: isLogOdds ? new BernoulliLikelihood() : new LearnedGaussianLikelihood());
        RequireAgreement(model,
            [ManagedOutput.Sample, ManagedOutput.EvidenceLowerBound, ManagedOutput.LogLikelihood,
                ManagedOutput.Anomaly],
            draws: 11);
    }

    [Test]
    public void The_bits_of_what_is_drawn_do_not_depend_on_the_rows_beside_a_row([Values] bool isLogOdds)
    {
        using AutoencoderModel model = Make(Network.Dense([23, 70], Activation.Silu),
            bottleneck: new GaussianBottleneck(),
            likelihood: isLogOdds ? new BernoulliLikelihood() : new GaussianLikelihood(0.1f));
        float[] rows = Rows(100);
        foreach (ManagedOutput output in new[]
        {
            ManagedOutput.Sample,
            ManagedOutput.EvidenceLowerBound,
            ManagedOutput.LogLikelihood,
            ManagedOutput.Anomaly,
        })
        {
            int[] expected = Bits.Of(Score(model, rows, output, draws: 11));
            int size = expected.Length / 100;
            foreach ((int start, int count) in new[] { (0, 1), (17, 1), (50, 7), (3, 48), (1, 99) })
            {
                int[] found = Bits.Of(Score(model, rows[(start * Inputs)..((start + count) * Inputs)], output,
                    draws: 11, first: start));
                Assert.That(found, Is.EqualTo(expected[(start * size)..((start + count) * size)]),
                    $"{output} of {count} rows from {start}");
            }
        }
    }

    [Test]
    public void Every_kind_of_score_agrees_with_torch([Values] AnomalyScoreKind kind, [Values] bool isLogOdds,
        [Values(0, 3)] int labels)
    {
        using AutoencoderModel model = Make(Network.Dense([23, 70], Activation.Elu), labels: labels,
            likelihood: isLogOdds ? new BernoulliLikelihood() : null, score: kind);
        ManagedOutput[] ofCodes = kind == AnomalyScoreKind.ReconstructionError ? [] : [ManagedOutput.CodePart];
        RequireAgreement(model, [.. Plain, .. ofCodes]);
    }

    [Test]
    public void The_bits_of_a_score_do_not_depend_on_the_rows_beside_a_row([Values] AnomalyScoreKind kind)
    {
        using AutoencoderModel model = Make(Network.Dense([23, 70], Activation.Silu), score: kind);
        float[] rows = Rows(100);
        int[] expected = Bits.Of(Score(model, rows, ManagedOutput.Anomaly));
        foreach ((int start, int count) in new[] { (0, 1), (17, 1), (50, 7), (3, 48), (1, 99) })
        {
            Assert.That(Bits.Of(Score(model, rows[(start * Inputs)..((start + count) * Inputs)],
                ManagedOutput.Anomaly)), Is.EqualTo(expected[start..(start + count)]), $"{count} rows from {start}");
        }
    }

    [Test]
    public void A_missing_value_or_one_beyond_all_makes_each_kind_of_score_what_torch_makes_of_it(
        [Values] AnomalyScoreKind kind)
    {
        using AutoencoderModel model = Make(Network.Dense(20), score: kind);
        float[] rows = Rows(4);
        rows.AsSpan(0, Inputs).Fill(float.MaxValue);
        rows[Inputs] = float.NaN;
        rows[2 * Inputs + 3] = float.PositiveInfinity;
        float[] expected = Torch(model, rows, null, ManagedOutput.Anomaly);
        Assert.That(Score(model, rows, ManagedOutput.Anomaly), Is.EqualTo(expected).Within(1e-3).Percent);
        Assert.That(expected[..3],
            Is.EqualTo(new[] { float.PositiveInfinity, float.NaN, float.PositiveInfinity }));
        if (kind != AnomalyScoreKind.ReconstructionError)
            Assert.That(Score(model, rows, ManagedOutput.CodePart),
                Is.EqualTo(Torch(model, rows, null, ManagedOutput.CodePart)).Within(1e-3).Percent);
    }

    [Test]
    public void A_rectified_code_agrees_with_torch()
    {
        using AutoencoderModel model = Make(Network.Dense(20),
            bottleneck: new DeterministicBottleneck(Rectified: true));
        RequireAgreement(model, Plain);
        Assert.That(Score(model, Rows(30), ManagedOutput.Code).Count(number => number == 0), Is.InRange(10, 140));
    }

    [Test]
    public void Quantized_codes_and_their_keys_agree_with_torch()
    {
        using AutoencoderModel model = Make(Network.Dense(20), bottleneck: new VectorQuantizedBottleneck(9, 1, 0.9f));
        model.Weights[Codebook.WeightName].copy_(linspace(-0.6, 0.6, 9).unsqueeze(1));
        float[] rows = Rows(100);
        rows[3 * Inputs + 7] = float.NaN;
        float[] keys = Score(model, rows, ManagedOutput.Column), codes = Score(model, rows, ManagedOutput.Code);
        Assert.That(keys, Is.EqualTo(Torch(model, rows, null, ManagedOutput.Column)));
        Assert.That(keys.Distinct().Count(), Is.GreaterThan(4));
        Assert.That(keys[(3 * CodeSize)..(4 * CodeSize)], Has.All.Zero);
        Assert.That(codes, Is.EqualTo(Torch(model, rows, null, ManagedOutput.Code)));
        Assert.That(codes[(3 * CodeSize)..(4 * CodeSize)], Has.All.NaN);
        Assert.That(Score(model, rows, ManagedOutput.Reconstruction),
            Is.EqualTo(Torch(model, rows, null, ManagedOutput.Reconstruction)).Within(1e-5));
        Assert.That(Bits.Of(Score(model, rows[^Inputs..], ManagedOutput.Column)),
            Is.EqualTo(Bits.Of(keys[^CodeSize..])));
    }

    [Test]
    public void Interleaved_and_enlarged_pictures_agree_with_torch([Values] PixelOrder order, [Values] bool isLarge)
    {
        var image = new ImageFormat(4, 6, 3, order);
        NetworkPlan plan = Network.Convolutional(2, 3, 3, [4])
            .Plan(18, CodeSize, CodeSize, endInSigmoid: false, outputSize: 72);
        var definition = new ModelDefinition("Test", plan, new DeterministicBottleneck(),
            new ReconstructionObjective(new GaussianLikelihood()),
            Corruption.Gaussian(0.1f).Then(Corruption.Downscale(2)), InputScaling.None)
        {
            Image = image,
            Target = new Target(image.Dimensions, image),
        };
        using var random = new Generator(5);
        using var model = new AutoencoderModel(definition, BoundNetwork.Initialize(plan, random, CPU), null, CPU);
        int size = isLarge ? 72 : 18;
        Tensor rows = Uniform([50, size], seed: 3);
        (float[] codes, float[] clean) = (new float[50 * CodeSize], new float[50 * 72]);
        model.Managed.Score(new BlockRows(rows.Floats(), size), 50, [],
            [new ManagedTarget(ManagedOutput.Code, codes), new ManagedTarget(ManagedOutput.Reconstruction, clean)],
            size: size);
        using var noGrad = no_grad();
        TorchPrediction expected = model.Score(new RowBatch(rows));
        Assert.That(codes, Is.EqualTo(expected.Code.Floats()).Within(1e-6));
        Assert.That(clean, Is.EqualTo(expected.Reconstruction.Floats()).Within(1e-6));
    }

    [Test]
    public void Scaling_and_bounds_agree_with_torch()
    {
        using AutoencoderModel model = Make(Network.Dense(20), scaling: InputScaling.Standardize,
            range: new ValueRange(-0.2f, 0.3f));
        RequireAgreement(model, Plain);
        Assert.That(Score(model, Rows(30), ManagedOutput.Reconstruction), Has.All.InRange(-0.2f, 0.3f));
    }

    [Test]
    public void The_bits_of_a_row_do_not_depend_on_its_batch_or_its_place(
        [ValueSource(nameof(Networks))] Network network)
    {
        using AutoencoderModel model = Make(network, likelihood: new BernoulliLikelihood(),
            scaling: InputScaling.MinMax);
        float[] rows = Rows(100);
        foreach (ManagedOutput output in Plain)
        {
            int[] expected = Bits.Of(Score(model, rows, output));
            int size = expected.Length / 100;
            foreach ((int start, int count) in new[] { (0, 1), (17, 1), (50, 7), (3, 48), (1, 99) })
            {
                int[] found = Bits.Of(Score(model, rows[(start * Inputs)..((start + count) * Inputs)], output));
                Assert.That(found, Is.EqualTo(expected[(start * size)..((start + count) * size)]),
                    $"{output} of {count} rows from {start}");
            }
        }
    }

    [Test]
    public void A_missing_value_spoils_its_own_row_only([ValueSource(nameof(Networks))] Network network)
    {
        using AutoencoderModel model = Make(network);
        float[] rows = Rows(20);
        float[] spoilt = [.. rows];
        spoilt[9 * Inputs + 36] = float.NaN;
        foreach (ManagedOutput output in Plain)
        {
            float[] expected = Score(model, rows, output);
            float[] found = Score(model, spoilt, output);
            int size = expected.Length / 20;
            if (output != ManagedOutput.FeatureErrors || model.Definition.Network.Encoder.Layers.Any())
                Assert.That(found[(9 * size)..(10 * size)], Has.All.NaN, $"{output}");
            Assert.That((float[])[.. found[..(9 * size)], .. found[(10 * size)..]],
                Is.EqualTo((float[])[.. expected[..(9 * size)], .. expected[(10 * size)..]]), $"{output}");
        }
    }

    [Test]
    public void An_error_that_is_no_number_is_endless_in_a_row_of_numbers()
    {
        using AutoencoderModel model = Make(Network.Dense(20));
        float[] rows = Rows(3);
        rows.AsSpan(0, Inputs).Fill(float.MaxValue);
        rows[Inputs] = float.NaN;
        float[] expected = Torch(model, rows, null, ManagedOutput.Anomaly);
        Assert.That(Score(model, rows, ManagedOutput.Anomaly), Is.EqualTo(expected).Within(1e-5));
        Assert.That(expected[..2], Is.EqualTo(new[] { float.PositiveInfinity, float.NaN }));
    }

    [Test]
    public void Many_threads_at_once_give_the_bits_of_one()
    {
        using AutoencoderModel model = Make(Network.Dense([70, 20], Activation.Gelu));
        float[] rows = Rows(100);
        int[] expected = Bits.Of(Score(model, rows, ManagedOutput.Reconstruction));
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            Assert.That(Bits.Of(Score(model, rows, ManagedOutput.Reconstruction)), Is.EqualTo(expected)));
    }

    /// <summary>Fewer rows go through them together, so that what lies between two layers stays below 64 MiB.</summary>
    [Test]
    public void Layers_that_are_very_wide_give_a_row_the_same_bits_whatever_rows_are_beside_it()
    {
        using AutoencoderModel model =
            Make(Network.Compose(layers => layers.Linear(400_000).Relu(), layers => layers.Linear(20)));
        float[] rows = Rows(100);
        float[] codes = Score(model, rows, ManagedOutput.Code);
        foreach (int row in new[] { 0, 35, 36, 41, 71, 72, 99 })
        {
            Assert.That(Bits.Of(Score(model, rows[(row * Inputs)..((row + 1) * Inputs)], ManagedOutput.Code)),
                Is.EqualTo(Bits.Of(codes[(row * CodeSize)..((row + 1) * CodeSize)])));
        }
    }

    /// <summary>A layer of one output is laid out as one of 16.</summary>
    [Test]
    public void Narrow_layers_of_very_many_inputs_are_left_to_torch()
    {
        ModelDefinition Narrow(int width) =>
            Definition(Network.Compose(layers => layers.Linear(1).Linear(width).Linear(1)));
        Assert.That(ManagedPlans.Obstacle(Narrow(3_000_000)), Is.EqualTo(
            "a network whose 18,000,130 weights would take 102,000,736 numbers in layers as narrow as its"));
        Assert.That(ManagedPlans.Obstacle(Narrow(300_000)), Is.Null);
    }

    /// <summary>The filters of a convolution are laid out as 16, of each of 49 million pixels.</summary>
    [Test]
    public void Pictures_that_take_more_than_two_gibibytes_are_left_to_torch()
    {
        NetworkPlan plan = Network.Compose(layers => layers.Reshape(1, 7000, 7000)
            .Convolution(1, kernel: 5, stride: 1, padding: 2).Convolution(2, stride: 1000, kernel: 3, padding: 0))
            .Plan(49_000_000, CodeSize, CodeSize, endInSigmoid: false);
        ModelDefinition definition = Definition(Network.Dense(4)) with { Network = plan };
        Assert.That(ManagedPlans.Obstacle(definition),
            Is.EqualTo("the layer Convolution(1, kernel 5, stride 1, padding 2)"));
    }

    private static void RequireAgreement(AutoencoderModel model, IReadOnlyList<ManagedOutput> outputs, int draws = 0)
    {
        int labelCount = model.Definition.Network.ConditionSize;
        foreach (int count in Counts)
        {
            float[] rows = Rows(count);
            long[]? labels = labelCount == 0
                ? null : [.. Enumerable.Range(0, count).Select(row => (long)row % labelCount)];
            foreach (ManagedOutput output in outputs)
            {
                using var scope = NewDisposeScope();
                float[] expected = Torch(model, rows, labels, output, draws);
                Assert.That(Score(model, rows, output, labels, draws),
                    Is.EqualTo(expected).Within(1e-5).Or.EqualTo(expected).Within(1e-4).Percent,
                    $"{output} of {count} rows");
                Assert.That(expected.Distinct().Count(), Is.GreaterThan(expected.Length / 4), "numbers that differ");
            }
            float[] codes = Torch(model, rows, labels, ManagedOutput.Code);
            var decoded = new float[count * Inputs];
            model.Managed.Decode(new BlockRows(codes, CodeSize), count, labels, decoded);
            Tensor? labelTensor = labels is null ? null : tensor(labels);
            Assert.That(decoded, Is.EqualTo(model.Decode(tensor(codes, [count, CodeSize]), labelTensor).Floats())
                .Within(1e-5));
        }
    }

    private static float[] Score(AutoencoderModel model, float[] rows, ManagedOutput output, long[]? labels = null,
        int draws = 0, int first = 0)
    {
        int count = rows.Length / Inputs;
        int size = output is ManagedOutput.Code or ManagedOutput.Column or ManagedOutput.Sample ? CodeSize
            : output is ManagedOutput.FeatureErrors or ManagedOutput.Reconstruction ? Inputs : 1;
        var values = new float[count * size];
        model.Managed.Score(new BlockRows(rows, Inputs), count, labels,
            [new ManagedTarget(output, values, output == ManagedOutput.Column ? LogVariance(model) : null)],
            new ManagedNoise(NoiseOf(first, count), draws, draws == 0 ? null : CommonNoise.Of(draws, CodeSize, 5)));
        return values;
    }

    private static CodeColumn LogVariance(AutoencoderModel model) =>
        model.Definition.Bottleneck.Columns(CodeSize).Single();

    private static RowNoise NoiseOf(int first, int count) =>
        new(7, Enumerable.Range(first, count).Select(row => new DataViewRowId((ulong)row, 0)).ToArray());

    private static float[] Torch(AutoencoderModel model, float[] rows, long[]? labels, ManagedOutput output,
        int draws = 0)
    {
        using var noGrad = no_grad();
        int count = rows.Length / Inputs;
        TorchPrediction scores =
            model.Score(new RowBatch(tensor(rows, [count, Inputs]), labels is null ? null : tensor(labels)),
            NoiseOf(0, count), draws, seed: 5);
        Tensor values = output switch
        {
            ManagedOutput.Column => scores.Column(LogVariance(model)),
            ManagedOutput.LogLikelihood => scores.LogLikelihood(draws, maxRows: 128),
            _ => scores.Of(output),
        };
        return values.Floats();
    }

    /// <summary>Numbers beyond 0 and 1, too.</summary>
    private static float[] Rows(int count) => Uniform([count, Inputs], -0.5, 1.5, seed: 3).Floats();

    private static AutoencoderModel Make(Network network, int labels = 0, Bottleneck? bottleneck = null,
        Likelihood? likelihood = null,
        InputScaling scaling = InputScaling.None, ValueRange? range = null, AnomalyScoreKind score = default)
    {
        ModelDefinition definition = Definition(network, labels, bottleneck, likelihood) with
        {
            Scaling = scaling,
            Range = range,
            Score = score,
        };
        using var random = new Generator(5);
        BoundNetwork weights = BoundNetwork.Create(definition.Network, CPU, (spec, values) =>
        {
            spec.InitialValues.Fill(values, random);
            if (spec.Name == ScoreNumbers.CodeWeight)
                values.uniform_(-1, 1, random);
            if (spec.Shape.Length == 1)
                values.uniform_(0.1, 1, random);
        }, definition.OtherParameters());
        return new AutoencoderModel(definition, weights, ScalerOf(scaling), CPU);
    }

    private static InputScaler? ScalerOf(InputScaling scaling)
    {
        using var slots = new SlotStatistics(withMoments: true);
        slots.Add(Uniform([50, Inputs], -3, 1));
        return InputScaler.Learn(scaling, slots);
    }

    private static ModelDefinition Definition(Network network, int labels = 0, Bottleneck? bottleneck = null,
        Likelihood? likelihood = null)
    {
        bottleneck ??= new DeterministicBottleneck();
        likelihood ??= new GaussianLikelihood();
        NetworkPlan plan = network.Plan(Inputs, bottleneck.EncoderOutputs(CodeSize), CodeSize,
            likelihood.NeedsUnitInterval, labels);
        return new ModelDefinition("Test", plan, bottleneck,
            bottleneck.HasPosterior
                ? new VariationalObjective(likelihood, 1, KlWarmup.None, 0) : new ReconstructionObjective(likelihood),
                Corruption.None, InputScaling.None);
    }
}
