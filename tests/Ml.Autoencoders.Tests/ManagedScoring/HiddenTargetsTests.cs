using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.ManagedScoring;

/// <summary>Hidden activations in managed memory and by torch, of models of random numbers.</summary>
internal sealed class HiddenTargetsTests : TensorTests
{
    private const int CodeSize = 5;
    private const int Count = 100;

    /// <summary>Networks with the pictures or sequences that they take.</summary>
    private static readonly (Network Network, int[] Dimensions)[] Cases =
    [
        (Network.Dense([23, 70], Activation.Gelu, batchNorm: true), [37]),
        // What follows an activation in its place must not change it.
        (Network.Compose(layers => layers.Linear(20).Relu().LayerNorm().BatchNorm().Tanh().Dropout().Linear(9).Elu()),
            [37]),
        (Network.Compose(layers => layers.Tanh().Linear(20).Relu()), [37]),
        (Network.Convolutional(9, 13, 3, [6, 18]), [3, 9, 13]),
        // Numbers that lie as they came, that a linear layer orders, and that were laid out anew.
        (Network.Compose(layers => layers.Reshape(1, 11, 9).LeakyRelu().Convolution(5).LayerNorm().Relu().Flatten()
            .Linear(60).Reshape(2, 5, 6).Silu().Convolution(4)), [1, 11, 9]),
        (Network.Temporal([8, 4], batchNorm: true), [22, 3]),
        (Network.Temporal([8, 4], batchNorm: true, dilated: true), [22, 3]),
        (Network.Recurrent([5, 9], bidirectional: true), [22, 3]),
        (Network.Recurrent([17], RecurrentCell.Gru, feedsBack: true), [5, 1]),
    ];

    private static IEnumerable<TestCaseData> WithLabels() =>
        from i in Enumerable.Range(0, Cases.Length)
        from labels in new[] { 0, 3 }
        // A label is given to layers that join numbers.
        where labels == 0 || i is not 2 and not 4
        select new TestCaseData(i, labels);

    [TestCaseSource(nameof(WithLabels))]
    public void They_agree_with_torch_and_have_the_bits_of_a_row_alone(int index, int labels)
    {
        using AutoencoderModel model = Make(index, labels);
        float[][] rows = Rows(model);
        long[] given = labels == 0 ? [] : [.. Enumerable.Range(0, Count).Select(row => (long)row % labels)];
        foreach (ManagedOutput output in new[] { ManagedOutput.Hidden, ManagedOutput.RowAndHidden })
        {
            float[][] found = Score(model, rows, given, output)[0];
            float[] expected = Torch(model, rows, given, output);
            Assert.That(found.SelectMany(row => row), Is.EqualTo(expected).Within(1e-5), $"{output}");
            Assert.That(expected.Distinct().Count(), Is.GreaterThan(expected.Length / 8), "numbers that differ");
            foreach ((int start, int count) in new[] { (0, 1), (17, 1), (50, 7), (3, 48), (1, 99) })
            {
                float[][] part = Score(model, rows[start..(start + count)],
                    labels == 0 ? [] : given[start..(start + count)], output)[0];
                Assert.That(part.Select(Bits.Of), Is.EqualTo(found[start..(start + count)].Select(Bits.Of)),
                    $"{output} of {count} rows from {start}");
            }
        }
    }

    [Test]
    public void Each_output_has_the_same_bits_whatever_else_is_requested([Range(0, 5)] int index)
    {
        using AutoencoderModel model = Make(index);
        float[][] rows = Rows(model);
        ManagedOutput[] outputs = [ManagedOutput.Code, ManagedOutput.RowAndHidden, ManagedOutput.Hidden,
            ManagedOutput.Reconstruction, ManagedOutput.Error, ManagedOutput.Hidden];

        float[][][] together = Score(model, rows, [], outputs);

        for (int i = 0; i < outputs.Length; i++)
        {
            Assert.That(together[i].Select(Bits.Of),
                Is.EqualTo(Score(model, rows, [], outputs[i])[0].Select(Bits.Of)), $"{outputs[i]}");
        }
    }

    [Test]
    public void A_missing_value_makes_all_of_its_row_missing([Range(0, 5)] int index)
    {
        using AutoencoderModel model = Make(index);
        float[][] rows = Rows(model);
        float[][] spoilt = [.. rows.Select(row => (float[])[.. row])];
        spoilt[60][^1] = float.NaN;
        foreach (ManagedOutput output in new[] { ManagedOutput.Hidden, ManagedOutput.RowAndHidden })
        {
            float[][] expected = Score(model, rows, [], output)[0];
            float[][] found = Score(model, spoilt, [], output)[0];
            Assert.That(found[60], Has.All.NaN);
            expected[60] = found[60];
            Assert.That(found, Is.EqualTo(expected));
        }
    }

    /// <summary>What overflows on its way is not missing.</summary>
    [Test]
    public void A_row_of_extreme_numbers_is_no_missing_one()
    {
        using AutoencoderModel model = Make(0);
        float[][] rows = Rows(model);
        (rows[3][0], rows[3][1]) = (float.PositiveInfinity, float.NegativeInfinity);

        Assert.That(Score(model, rows, [], ManagedOutput.RowAndHidden)[0][3][..37], Is.EqualTo(rows[3]));
    }

    [Test]
    public void Rows_are_in_the_order_of_their_column_and_scaled()
    {
        var image = new ImageFormat(4, 6, 3, PixelOrder.Interleaved);
        NetworkPlan plan = Network.Convolutional(4, 6, 3, [4]).Plan(72, CodeSize, CodeSize, endInSigmoid: false);
        ModelDefinition definition = Definition(plan) with { Image = image, Scaling = InputScaling.Standardize };
        using var random = new Generator(5);
        using var slots = new SlotStatistics(withMoments: true);
        slots.Add(Uniform([50, 72], -3, 1));
        using var model = new AutoencoderModel(definition, BoundNetwork.Initialize(plan, random, CPU),
            InputScaler.Learn(InputScaling.Standardize, slots), CPU);
        float[][] rows = Rows(model);

        foreach (ManagedOutput output in new[] { ManagedOutput.Hidden, ManagedOutput.RowAndHidden })
        {
            Assert.That(Score(model, rows, [], output)[0].SelectMany(row => row),
                Is.EqualTo(Torch(model, rows, [], output)).Within(1e-5), $"{output}");
        }
    }

    [Test]
    public void Pictures_that_are_made_smaller_stand_before_them_as_the_encoder_gets_them([Values] PixelOrder order)
    {
        var image = new ImageFormat(4, 6, 3, order);
        NetworkPlan plan = Network.Convolutional(2, 3, 3, [4])
            .Plan(18, CodeSize, CodeSize, endInSigmoid: false, outputSize: 72);
        ModelDefinition definition = Definition(plan) with
        {
            Image = image,
            Target = new Target(image.Dimensions, image),
            Corruption = Corruption.Downscale(2),
        };
        using var random = new Generator(5);
        using var model = new AutoencoderModel(definition, BoundNetwork.Initialize(plan, random, CPU), null, CPU);
        float[][] rows = [.. Uniform([Count, 72], seed: 3).Floats().Chunk(72)];

        Assert.That(Score(model, rows, [], ManagedOutput.RowAndHidden)[0].SelectMany(row => row),
            Is.EqualTo(Torch(model, rows, [], ManagedOutput.RowAndHidden)).Within(1e-5));
    }

    [Test]
    public void Codes_alone_need_no_room_for_them()
    {
        NetworkPlan plan = Network.Dense(4).Plan(37, CodeSize, CodeSize, endInSigmoid: false);
        HiddenRows none = new HiddenTargets(Definition(plan), 4)
            .RoomIn([new ManagedTarget(ManagedOutput.Code, new float[CodeSize])], 0);
        Assert.That(none.AreWanted, Is.False);
    }

    /// <returns>Of each output the numbers of each row.</returns>
    private static float[][][] Score(AutoencoderModel model, float[][] rows, long[] labels,
        params ManagedOutput[] outputs)
    {
        int inputs = model.InputSize;
        var hidden = (int)model.Definition.Network.Encoder.HiddenSize;
        int[] sizes = [.. outputs.Select(output => output switch
        {
            ManagedOutput.Code => CodeSize,
            ManagedOutput.Hidden => hidden,
            ManagedOutput.RowAndHidden => inputs + hidden,
            ManagedOutput.Reconstruction => model.OutputSize,
            _ => 1,
        })];
        ManagedTarget[] targets =
            [.. outputs.Zip(sizes, (output, size) => new ManagedTarget(output, new float[rows.Length * size]))];
        model.Managed.Score(new BlockRows(rows.SelectMany(row => row).ToArray(), rows[0].Length), rows.Length, labels,
            targets, size: rows[0].Length);
        return [.. targets.Zip(sizes, (target, size) => target.Values.Chunk(size).ToArray())];
    }

    private static float[] Torch(AutoencoderModel model, float[][] rows, long[] labels, ManagedOutput output)
    {
        using var noGrad = no_grad();
        Tensor values = tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
        return model.Score(new RowBatch(values, labels.Length == 0 ? null : tensor(labels))).Of(output).Tensor.Floats();
    }

    private static float[][] Rows(AutoencoderModel model) =>
        [.. Uniform([Count, model.InputSize], -0.5, 1.5, seed: 3).Floats().Chunk(model.InputSize)];

    private static AutoencoderModel Make(int index, int labels = 0)
    {
        (Network network, int[] dimensions) = Cases[index];
        int inputs = dimensions.Aggregate(1, (product, size) => product * size);
        NetworkPlan plan = network.Plan(inputs, CodeSize, CodeSize, endInSigmoid: false, labels, inputs,
            dimensions.Length == 2 ? new SequenceFormat(dimensions[0], dimensions[1]) : null);
        ModelDefinition definition = Definition(plan) with
        {
            Image = dimensions.Length == 3 ? new ImageFormat(dimensions[1], dimensions[2], dimensions[0]) : null,
        };
        Assert.That(ManagedPlans.Obstacle(definition), Is.Null);
        using var random = new Generator(5);
        BoundNetwork weights = BoundNetwork.Create(plan, CPU, (spec, values) =>
        {
            spec.InitialValues.Fill(values, random);
            if (spec.Shape.Length == 1)
                values.uniform_(0.1, 1, random);
        });
        return new AutoencoderModel(definition, weights, null, CPU);
    }

    private static ModelDefinition Definition(NetworkPlan plan) => new("Test", plan, new DeterministicBottleneck(),
        new ReconstructionObjective(new GaussianLikelihood()), Corruption.None, InputScaling.None);
}
