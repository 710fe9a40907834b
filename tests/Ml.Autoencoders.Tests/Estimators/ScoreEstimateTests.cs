using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>What the numbers of a score are estimated from, in passes that need not be alike.</summary>
internal sealed class ScoreEstimateTests : TensorTests
{
    private const int Count = 700;
    private const int Far = 50;
    private const int Size = 12;
    private const int CodeSize = 3;

    /// <summary>The far rows come first or last, and are those that are left out.</summary>
    [Test]
    public void Rows_that_come_in_another_order_in_each_pass_give_the_same(
        [Values(AnomalyScoreKind.CodeDistance, AnomalyScoreKind.Both)] AnomalyScoreKind kind)
    {
        using AutoencoderModel model = Model(kind);
        Tensor values = Uniform([Count, Size]);
        values.narrow(0, 0, Far).mul_(tensor(8f));
        var table = new TableRows(new RowBatch(values));
        var turning = new TurningRows(table, new TableRows(new RowBatch(values.flip(0))));

        float[] Estimated(ITrainingRows rows, float trimmed)
        {
            new ScoreEstimate(model, rows, CancellationToken.None).Run(trimmed);
            return [.. ScoreNumbers.Of(kind, CodeSize, Size).SelectMany(spec =>
                model.Find(spec.Name).Tensor.Floats())];
        }

        float[] expected = Estimated(table, 0.1f);
        Assert.That(Bits.Of(Estimated(table, 0.1f)), Is.EqualTo(Bits.Of(expected)));
        Assert.That(Estimated(turning, 0.1f), Is.EqualTo(expected).Within(1e-4)
            .Or.EqualTo(expected).Within(0.01).Percent);
        // Without the far rows, codes vary less, so that the same distance counts more.
        Assert.That(expected[0] / Estimated(table, 0)[0], Is.GreaterThan(1.5));
    }

    /// <summary>A model that has learned nothing.</summary>
    private static AutoencoderModel Model(AnomalyScoreKind kind)
    {
        NetworkPlan plan = Network.Dense(8).Plan(Size, CodeSize, CodeSize, endInSigmoid: false);
        var definition = new ModelDefinition("Test", plan, new DeterministicBottleneck(),
            new ReconstructionObjective(new GaussianLikelihood()), Corruption.None, InputScaling.None)
        {
            Score = kind,
        };
        using var random = new Generator(5);
        return new AutoencoderModel(definition,
            BoundNetwork.Initialize(plan, random, CPU, definition.OtherParameters()), null, CPU);
    }

    /// <summary>Rows that come from the last to the first in every other pass.</summary>
    private sealed class TurningRows(TableRows rows, TableRows turned) : ITrainingRows
    {
        private int _passes;

        public long Count => rows.Count;

        public IEnumerable<RowBatch> InOrder(int batchSize, CancellationToken cancellation = default) =>
            (_passes++ % 2 == 0 ? rows : turned).InOrder(batchSize, cancellation);

        public IEnumerable<RowBatch> Shuffled(int batchSize, Generator random, int skip,
            CancellationToken cancellation = default) => throw new NotSupportedException();

        public Tensor SampleTargets() => throw new NotSupportedException();

        public float Largest() => throw new NotSupportedException();
    }
}
