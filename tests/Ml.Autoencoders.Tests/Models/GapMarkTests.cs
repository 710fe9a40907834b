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

namespace Ml.Autoencoders.Tests.Models;

/// <summary>Models whose encoder is told where values are missing.</summary>
internal sealed class GapMarkTests : TensorTests
{
    private const int Inputs = 11;
    private const int CodeSize = 3;

    private static readonly ManagedOutput[] Outputs =
        [ManagedOutput.Code, ManagedOutput.Reconstruction, ManagedOutput.Imputed, ManagedOutput.Error,
            ManagedOutput.FeatureErrors, ManagedOutput.Anomaly];

    [Test]
    public void Rows_without_gaps_are_scored_as_by_a_model_of_the_same_weights_that_refuses_gaps()
    {
        using AutoencoderModel marking = Make(marksGaps: true), refusing = Make(marksGaps: false);
        using IDisposable noGrad = no_grad();
        foreach ((var spec, var tensor) in refusing.Weights.Named)
        {
            Tensor from = marking.Weights[spec.Name];
            tensor.copy_(spec.Name == "encoder.0.weight" ? from.narrow(1, 0, Inputs) : from);
        }
        Tensor rows = Uniform([50, Inputs], -1, 1);
        foreach (ManagedOutput output in Outputs)
        {
            Assert.That(Managed(marking, rows, output), Is.EqualTo(Managed(refusing, rows, output)).Within(1e-6));
            Assert.That(marking.Score(new RowBatch(rows)).Of(output).Floats(),
                Is.EqualTo(refusing.Score(new RowBatch(rows)).Of(output).Floats()).Within(1e-6));
        }
    }

    [Test]
    public void A_gap_is_not_a_zero()
    {
        using AutoencoderModel model = Make(marksGaps: true);
        Tensor gap = Uniform([1, Inputs], -1, 1);
        Tensor zero = gap.clone();
        gap[0, 4] = float.NaN;
        zero[0, 4] = 0;
        Assert.That(Managed(model, gap, ManagedOutput.Code),
            Is.Not.EqualTo(Managed(model, zero, ManagedOutput.Code)).Within(1e-3));
    }

    [Test]
    public void What_is_drawn_agrees_with_torch_where_values_are_missing([Values] bool isLogOdds)
    {
        using AutoencoderModel model = Make(marksGaps: true, new GaussianBottleneck(),
            isLogOdds ? new BernoulliLikelihood() : new GaussianLikelihood(0.3f));
        Tensor rows = Uniform([60, Inputs]);
        rows = rows.masked_fill(Uniform([60, Inputs], seed: 2).lt(tensor(0.3f)), float.NaN);
        float[] found = Managed(model, rows, ManagedOutput.Anomaly, draws: 7);
        using IDisposable noGrad = no_grad();
        Assert.That(found, Is.EqualTo(model.Score(new RowBatch(rows), null, 7, 5).Anomaly.Floats()).Within(1e-3));
        Assert.That(found, Has.All.Matches<float>(float.IsFinite));
    }

    private static AutoencoderModel Make(bool marksGaps, Bottleneck? bottleneck = null, Likelihood? likelihood = null)
    {
        bottleneck ??= new DeterministicBottleneck();
        likelihood ??= new GaussianLikelihood();
        NetworkPlan plan = Network.Dense(9).Plan(Inputs, bottleneck.EncoderOutputs(CodeSize), CodeSize,
            likelihood.NeedsUnitInterval, marksGaps: marksGaps);
        Objective objective = bottleneck.HasPosterior
            ? new VariationalObjective(likelihood, 1, KlWarmup.None, 0) : new ReconstructionObjective(likelihood);
        var definition = new ModelDefinition("Test", plan, bottleneck, objective, Corruption.None, InputScaling.None);
        definition.Check(Place.Entry("model"));
        using var random = new Generator(3);
        return new AutoencoderModel(definition, BoundNetwork.Initialize(plan, random, CPU,
            definition.OtherParameters()), null, CPU);
    }

    private static float[] Managed(AutoencoderModel model, Tensor rows, ManagedOutput output, int draws = 0)
    {
        int count = (int)rows.shape[0];
        int size = output is ManagedOutput.Code ? CodeSize
            : output is ManagedOutput.Error or ManagedOutput.Anomaly ? 1 : Inputs;
        var values = new float[count * size];
        model.Managed.Score(new BlockRows(rows.Floats(), Inputs), count, [], [new ManagedTarget(output, values)],
            new ManagedNoise(null, Common: draws == 0 ? null : CommonNoise.Of(draws, CodeSize, 5)));
        return values;
    }
}
