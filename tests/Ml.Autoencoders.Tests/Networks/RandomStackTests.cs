using Google.Protobuf;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Onnx.Protocol;
using Ml.Autoencoders.Tensors;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

/// <summary>
/// Networks whose layers chance puts together, so that what no one thought of meets: their shapes are as
/// promised, every way to compute them agrees, their mirrors lead back, and those that cannot be are
/// refused in the words of a network.
/// </summary>
internal sealed class RandomStackTests : TensorTests
{
    private const int Networks = 300;
    private const int Exported = 60;
    private const int ExportedTogether = 10;
    private const int Rows = 5;
    private const int CodeSize = 4;

    [Test]
    public void The_shape_of_each_layer_is_the_promised_one([Range(0, Networks - 1)] int seed)
    {
        NetworkPlan plan = Plan(seed);
        using BoundNetwork weights = Weights(plan, seed);
        using Generator random = new((ulong)seed);
        Tensor labels = arange(Rows, ScalarType.Int64).remainder(Math.Max(1, plan.ConditionSize));

        Assert.Multiple(() =>
        {
            foreach (ForwardMode mode in new[] { ForwardMode.Prediction, ForwardMode.Training(random) })
            {
                Follow(plan.Encoder, NetworkPlan.EncoderName, mode);
                Follow(plan.Decoder, NetworkPlan.DecoderName, mode);
                Tensor? given = plan.ConditionSize == 0 ? null : labels;
                Tensor code = weights.Encode(Uniform([Rows, RandomLayers.Inputs]), mode, given);
                Assert.That(code.shape, Is.EqualTo(new long[] { Rows, CodeSize }));
                Assert.That(weights.Decode(code, mode, given).shape,
                    Is.EqualTo(new long[] { Rows, RandomLayers.Inputs }));
            }
        });

        void Follow(LayerStack stack, string prefix, ForwardMode mode)
        {
            Tensor values = Uniform([Rows, .. stack.InputShape.WithBatch()[1..]]);
            for (int i = 0; i < stack.Layers.Count; i++)
            {
                Assert.That(stack.Layers[i].Parameters(stack.LayerInputs[i]),
                    Has.Count.EqualTo(stack.Layers[i].ParameterCount), $"{stack.Layers[i]}");
                values = stack.Layers[i].Forward(values,
                    [.. stack.Layers[i].Parameters(stack.LayerInputs[i])
                        .Select(spec => weights[$"{prefix}.{i}.{spec.Name}"])], mode);
                Shape promised = i + 1 < stack.Layers.Count ? stack.LayerInputs[i + 1] : stack.OutputShape;
                Assert.That(values.shape, Is.EqualTo((long[])[Rows, .. promised.WithBatch()[1..]]),
                    $"{prefix}, layer {i}: {stack.Layers[i]}");
            }
        }
    }

    // Other kernels compute where gradients follow; only normalization over a batch and dropout may tell the
    // difference.
    [Test]
    public void Training_computes_what_prediction_does([Range(0, Networks - 1)] int seed)
    {
        NetworkPlan plan = Plan(seed);
        plan = new NetworkPlan(Settled(plan.Encoder), Settled(plan.Decoder));
        using BoundNetwork weights = Weights(plan, seed);
        using Generator random = new((ulong)seed);
        Tensor rows = Uniform([Rows, plan.InputSize], -1, 1);
        Tensor codes = Uniform([Rows, plan.CodeSize], -1, 1, seed: 2);

        Assert.Multiple(() =>
        {
            Assert.That(Numbers(weights.Encode(rows, ForwardMode.Training(random))),
                Near.To(Numbers(weights.Encode(rows, ForwardMode.Prediction))));
            Assert.That(Numbers(weights.Decode(codes, ForwardMode.Training(random))),
                Near.To(Numbers(weights.Decode(codes, ForwardMode.Prediction))));
        });

        static LayerStack Settled(LayerStack stack) => new(stack.InputShape,
            [.. stack.Layers.Where(layer => layer is not (BatchNormLayer or DropoutLayer))]);
    }

    [Test]
    public void ONNX_Runtime_computes_what_torch_does([Range(0, Exported / ExportedTogether - 1)] int part)
    {
        (string Name, BoundNetwork Weights)[] networks =
            [.. Enumerable.Range(part * ExportedTogether, ExportedTogether)
            .Select(seed => ($"n{seed}", Weights(Plan(seed, canHaveLabel: false), seed)))];
        using var folder = new TemporaryFolder();
        try
        {
            Tensor rows = Uniform([9, RandomLayers.Inputs], -4, 4, seed: 3);
            var graph = new OnnxGraph(Find, ["rows", .. networks.Select(network => network.Name)]);
            OnnxValue input = graph.Input("rows", DataType.Float, RandomLayers.Inputs);
            foreach ((string name, BoundNetwork weights) in networks)
            {
                OnnxValue code = weights.Plan.Encoder.Export(input, $"{name}/{NetworkPlan.EncoderName}");
                graph.Output(name, DataType.Float, RandomLayers.Inputs,
                    weights.Plan.Decoder.Export(code, $"{name}/{NetworkPlan.DecoderName}"));
            }
            using (FileStream file = File.Create(folder.File("networks.onnx")))
                new ModelProto
                {
                    IrVersion = 8,
                    Graph = graph.Proto,
                    OpsetImport = { new OperatorSetIdProto { Version = 17 } },
                }.WriteTo(file);
            using var session = new OnnxSession(folder.File("networks.onnx"));
            Dictionary<string, float[][]> found = session.Run("rows", [.. rows.Floats().Chunk(RandomLayers.Inputs)]);

            Assert.Multiple(() =>
            {
                foreach ((string name, BoundNetwork weights) in networks)
                {
                    Tensor expected = weights.Decode(weights.Encode(rows, ForwardMode.Prediction),
                        ForwardMode.Prediction);
                    Assert.That(found[name], Near.To(Numbers(expected)), $"{name}: {Describe(weights.Plan)}");
                }
            });
        }
        finally
        {
            foreach ((_, BoundNetwork weights) in networks)
                weights.Dispose();
        }

        float[] Find(string name)
        {
            string[] parts = name.Split('/');
            return networks.Single(network => network.Name == parts[0]).Weights[parts[1]].Floats();
        }
    }

    [Test]
    public void Managed_code_computes_what_torch_does([Range(0, Networks - 1)] int seed)
    {
        ModelDefinition definition = Definition(Plan(seed, mayNest: false));
        int labelCount = definition.Network.ConditionSize;
        if (labelCount > 0 && !TakesLabels(definition.Network.Encoder, definition.Network.Decoder))
        {
            Assert.That(ManagedPlans.Obstacle(definition), Is.Not.Null);
            return;
        }
        Assert.That(ManagedPlans.Obstacle(definition), Is.Null, Describe(definition.Network));
        using var model = new AutoencoderModel(definition, Weights(definition.Network, seed), null, CPU);
        Tensor rows = Uniform([Rows, RandomLayers.Inputs], -4, 4, seed: 3);
        Tensor? labels = labelCount == 0 ? null : arange(Rows, ScalarType.Int64).remainder(labelCount);
        float[] given = rows.Floats();
        long[] givenLabels = labels is null ? [] : labels.data<long>().ToArray();

        float[][] codes = Score(model, given, givenLabels, ManagedOutput.Code, CodeSize);
        float[][] reconstructions = Score(model, given, givenLabels, ManagedOutput.Reconstruction, RandomLayers.Inputs);

        Tensor expected = model.Weights.Encode(rows, ForwardMode.Prediction, labels);
        Assert.Multiple(() =>
        {
            Assert.That(codes, Near.To(Numbers(expected)), Describe(definition.Network));
            Assert.That(reconstructions, Near.To(Numbers(model.Decode(expected, labels))),
                Describe(definition.Network));
            for (int row = 0; row < Rows; row++)
            {
                float[] alone = given[(row * RandomLayers.Inputs)..((row + 1) * RandomLayers.Inputs)];
                long[] label = labels is null ? [] : [givenLabels[row]];
                Assert.That(Bits.Of(Score(model, alone, label, ManagedOutput.Code, CodeSize)[0]),
                    Is.EqualTo(Bits.Of(codes[row])), "a code alone");
                Assert.That(Bits.Of(Score(model, alone, label, ManagedOutput.Reconstruction, RandomLayers.Inputs)[0]),
                    Is.EqualTo(Bits.Of(reconstructions[row])), "a reconstruction alone");
            }
        });
    }

    [Test]
    public void Managed_code_gives_the_hidden_activations_that_torch_gives([Range(0, Networks - 1)] int seed)
    {
        ModelDefinition definition = Definition(Plan(seed, mayNest: false));
        int labelCount = definition.Network.ConditionSize;
        if (ManagedPlans.Obstacle(definition) is not null || definition.Network.Encoder.HiddenFault is not null)
            return;
        using var model = new AutoencoderModel(definition, Weights(definition.Network, seed), null, CPU);
        Tensor rows = Uniform([Rows, RandomLayers.Inputs], -4, 4, seed: 3);
        Tensor? labels = labelCount == 0 ? null : arange(Rows, ScalarType.Int64).remainder(labelCount);
        long[] givenLabels = labels is null ? [] : labels.data<long>().ToArray();
        var size = (int)definition.Network.Encoder.HiddenSize;

        float[][] found = Score(model, rows.Floats(), givenLabels, ManagedOutput.Hidden, size);
        float[][] both = Score(model, rows.Floats(), givenLabels, ManagedOutput.RowAndHidden,
            RandomLayers.Inputs + size);

        float[][] given = Numbers(rows);
        using IDisposable inference = inference_mode();
        Tensor expected = model.Score(new RowBatch(rows, labels)).Hidden;
        Assert.Multiple(() =>
        {
            Assert.That(found, Near.To(Numbers(expected)), Describe(definition.Network));
            Assert.That(both, Is.EqualTo(given.Zip(found, (row, hidden) => (float[])[.. row, .. hidden])));
            for (int row = 0; row < Rows; row++)
            {
                long[] label = labels is null ? [] : [givenLabels[row]];
                Assert.That(Bits.Of(Score(model, given[row], label, ManagedOutput.Hidden, size)[0]),
                    Is.EqualTo(Bits.Of(found[row])), "those of a row alone");
            }
        });
    }

    [Test]
    public void A_mirror_leads_back([Range(0, Networks - 1)] int seed)
    {
        var random = new RandomLayers(seed);
        LayerStack stack = Network.Compose(random.Fitting(RandomLayers.Inputs))
            .Plan(RandomLayers.Inputs, CodeSize).Encoder;
        var mirror = new LayerStack(stack.OutputShape, stack.MirroredLayers());

        Assert.Multiple(() =>
        {
            for (int i = 0; i < stack.Layers.Count; i++)
            {
                if (stack.Layers[i].Mirror(stack.LayerInputs[i]) is { } back)
                    Assert.That(back.OutputShape(stack.Layers[i].OutputShape(stack.LayerInputs[i])).Count,
                        Is.EqualTo(stack.LayerInputs[i].Count), $"{stack.Layers[i]}");
            }
            Assert.That(mirror.OutputShape.Count, Is.EqualTo(RandomLayers.Inputs));
            // A recurrence has a linear map after it in the mirror.
            Assert.That(mirror.Layers.Count(layer => layer.JoinsNumbers),
                Is.EqualTo(stack.Layers.Count(layer => layer.JoinsNumbers)
                    + stack.Layers.Count(layer => layer is RecurrentLayer or UnfoldingLayer)));
        });
    }

    [Test]
    public void What_cannot_be_is_refused_as_a_network()
    {
        int built = 0, refused = 0;
        Assert.Multiple(() =>
        {
            for (int seed = 0; seed < 2000; seed++)
            {
                var random = new RandomLayers(seed);
                Network network = Network.Compose(random.Any(), random.Below(2) == 0 ? null : random.Any());
                int condition = random.Below(3), outputs = 1 + random.Below(30);
                try
                {
                    NetworkPlan plan = network.Plan(RandomLayers.Inputs,
                        random.Below(2) == 0 ? CodeSize : 2 * CodeSize, CodeSize,
                        random.Below(2) == 0, condition, random.Below(2) == 0 ? null : outputs);
                    plan.RequireBuildable();
                    built++;
                }
                catch (NetworkException error)
                {
                    refused++;
                    Assert.That(error.Message, Is.Not.Empty);
                }
                catch (Exception error)
                {
                    Assert.Fail($"seed {seed}: {error}");
                }
            }
        });
        Assert.That((built, refused), Is.EqualTo((1000, 1000)).Using<(int, int), (int, int)>(
            (found, _) => found.Item1 > 300 && found.Item2 > 300), $"{built} built, {refused} refused");
    }

    private static float[][] Score(AutoencoderModel model, float[] numbers, long[] labels, ManagedOutput output,
        int size)
    {
        int count = numbers.Length / RandomLayers.Inputs;
        var values = new float[count * size];
        model.Managed.Score(new BlockRows(numbers, RandomLayers.Inputs), count, labels,
            [new ManagedTarget(output, values)]);
        return [.. values.Chunk(size)];
    }

    /// <summary>
    /// A network of layers that fit; every other one has a decoder of its own, and every third is given a label.
    /// </summary>
    private static NetworkPlan Plan(int seed, bool canHaveLabel = true, bool mayNest = true)
    {
        var random = new RandomLayers(seed);
        bool hasLabel = canHaveLabel && seed % 3 == 0;
        Network network = Network.Compose(random.Fitting(RandomLayers.Inputs, hasLabel, mayNest),
            seed % 2 == 0 ? null : random.Fitting(CodeSize, hasLabel, mayNest));
        return network.Plan(RandomLayers.Inputs, CodeSize, CodeSize, endInSigmoid: seed % 5 == 0,
            conditionSize: hasLabel ? 3 : 0);
    }

    /// <summary>Whether a label meets a layer that takes it before anything else computes.</summary>
    private static bool TakesLabels(params LayerStack[] stacks) => Array.TrueForAll(stacks, stack =>
        stack.Layers.First(layer => layer is not (DropoutLayer or ReshapeLayer))
            is LinearLayer or ConditionedReshapeLayer or UnfoldingLayer);

    private static ModelDefinition Definition(NetworkPlan plan) => new("Test", plan, new DeterministicBottleneck(),
        new ReconstructionObjective(new GaussianLikelihood()), Corruption.None, InputScaling.None);

    /// <summary>
    /// Weights as before a fit, and in place of those that are 0 or 1 there, some that would be missed.
    /// </summary>
    private static BoundNetwork Weights(NetworkPlan plan, int seed)
    {
        using var random = new Generator((ulong)seed);
        return BoundNetwork.Create(plan, CPU, (spec, values) =>
        {
            spec.InitialValues.Fill(values, random);
            if (spec.Shape.Length == 1)
                values.uniform_(0.1, 1, random);
        });
    }

    private static float[][] Numbers(Tensor rows) => [.. rows.Floats().Chunk((int)rows.shape[1])];

    private static string Describe(NetworkPlan plan) =>
        $"{string.Join(", ", plan.Encoder.Names())} | {string.Join(", ", plan.Decoder.Names())}";
}
