using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.ManagedScoring;

/// <summary>Decoders that go step by step, in managed memory and by torch, of models of random numbers.</summary>
internal sealed class SequenceDecoderTests : TensorTests
{
    private const int CodeSize = 5;
    private const int Count = 70;

    private static IEnumerable<TestCaseData> Cases() =>
        from decoder in Decoders()
        from labels in new[] { 0, 3 }
        select new TestCaseData(decoder, labels).SetArgDisplayNames(string.Join<Layer>(", ", decoder),
            $"{labels} labels");

    private static IEnumerable<Layer[]> Decoders() =>
    [
        [new FeedbackLayer(RecurrentCell.Lstm, [7], 6, 17, 0) { GivesLogOdds = true }],
        [new FeedbackLayer(RecurrentCell.Gru, [9, 4], 5, 3, 0.5f) { GivesLogOdds = true }],
        [new FeedbackLayer(RecurrentCell.Gru, [3], 1, 1, 0) { GivesLogOdds = true }],
        [
            new UnfoldingLayer(RecurrentCell.Lstm, 7, 3),
            new PerSegmentLayer([new FeedbackLayer(RecurrentCell.Lstm, [6, 5], 4, 17, 0) { GivesLogOdds = true }]),
        ],
        [
            new UnfoldingLayer(RecurrentCell.Gru, 16, 2),
            new PerSegmentLayer([new FeedbackLayer(RecurrentCell.Gru, [9], 5, 2, 0)]),
        ],
        [
            new UnfoldingLayer(RecurrentCell.Gru, 1, 5),
            new PerSegmentLayer([new UnfoldingLayer(RecurrentCell.Lstm, 17, 3),
                new RecurrentLayer(RecurrentCell.Gru, 4), new PerStepLayer([new LinearLayer(3)])]),
        ],
        [
            new UnfoldingLayer(RecurrentCell.Gru, 2, 5), new RecurrentLayer(RecurrentCell.Gru, 9),
            new PerSegmentLayer([new UnfoldingLayer(RecurrentCell.Gru, 3, 1)]), new PerStepLayer([new LinearLayer(3)]),
        ],
    ];

    [TestCaseSource(nameof(Cases))]
    public void They_agree_with_torch_and_have_the_bits_of_a_row_alone(object layers, int labels)
    {
        using AutoencoderModel model = Make((Layer[])layers, labels);
        Tensor rows = Uniform([Count, model.InputSize], -2, 2, seed: 3);
        long[] given = labels == 0 ? [] : [.. Enumerable.Range(0, Count).Select(row => (long)row % labels)];
        Tensor? conditions = labels == 0 ? null : tensor(given);

        float[][] found = Score(model, rows.Floats(), given);

        Tensor codes = model.Weights.Encode(rows, ForwardMode.Prediction, conditions);
        Tensor expected = model.Weights.Decode(codes, ForwardMode.Prediction, conditions);
        Assert.That(found.SelectMany(row => row), Is.EqualTo(expected.Floats()).Within(1e-5));
        foreach ((int start, int count) in new[] { (0, 1), (17, 1), (50, 7), (3, 48) })
        {
            float[][] part = Score(model, rows.narrow(0, start, count).Floats(),
                labels == 0 ? [] : given[start..(start + count)]);
            Assert.That(part.Select(Bits.Of), Is.EqualTo(found[start..(start + count)].Select(Bits.Of)),
                $"{count} rows from {start}");
        }
    }

    private static float[][] Score(AutoencoderModel model, float[] numbers, long[] labels)
    {
        int count = numbers.Length / model.InputSize;
        var values = new float[count * model.OutputSize];
        model.Managed.Score(new BlockRows(numbers, model.InputSize), count, labels,
            [new ManagedTarget(ManagedOutput.Reconstruction, values)]);
        return [.. values.Chunk(model.OutputSize)];
    }

    private static AutoencoderModel Make(Layer[] decoder, int labels)
    {
        LayerStack back = new LayerStack(Shape.Vector(CodeSize), decoder).Resolved().Conditioned(labels).Flattened();
        var forward = new LayerStack(Shape.Vector((int)back.OutputShape.Count + labels), [new LinearLayer(CodeSize)]);
        var plan = new NetworkPlan(forward.Resolved(), back, labels);
        var definition = new ModelDefinition("Test", plan, new DeterministicBottleneck(),
            new ReconstructionObjective(new GaussianLikelihood()), Corruption.None, InputScaling.None);
        Assert.That(ManagedPlans.Obstacle(definition), Is.Null);
        using var random = new Generator(5);
        return new AutoencoderModel(definition,
            BoundNetwork.Create(plan, CPU, (_, values) => values.uniform_(-0.7, 0.7, random)), null, CPU);
    }
}
