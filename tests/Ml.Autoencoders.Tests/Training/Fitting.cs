using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>Models and fits without a pipeline around them.</summary>
internal static class Fitting
{
    public static readonly Objective MeanSquaredError = new ReconstructionObjective(new GaussianLikelihood());

    public static AutoencoderModel Model(Network? network = null, int codeSize = 2, Objective? objective = null,
        Corruption? corruption = null, bool rectified = false, int inputSize = Row.Size, int seed = 1)
    {
        objective ??= MeanSquaredError;
        NetworkPlan plan = (network ?? Small.Network)
            .Plan(inputSize, codeSize, codeSize, objective.Likelihood.NeedsUnitInterval);
        var definition = new ModelDefinition("Test", plan, new DeterministicBottleneck(rectified), objective,
            corruption ?? Corruption.None, InputScaling.None);
        using Generator random = new RandomStreams(seed).Create(RandomUse.InitialWeights);
        return new AutoencoderModel(definition, BoundNetwork.Initialize(plan, random, CPU), null, CPU);
    }

    /// <summary>Rows <c>[N, 12]</c>.</summary>
    public static Tensor Data(int count, int seed = 1) =>
        tensor(Rows.Make(count, seed).SelectMany(row => row.Features).ToArray(), [count, Row.Size]);

    public static TrainingResult Fit(AutoencoderModel model, TrainingOptions options, Tensor rows,
        Tensor? validation = null,
        Action? checkAlive = null)
    {
        using var trainer = new Trainer(model, options.Completed(Defaults.Standard),
            new RandomStreams(options.Seed ?? 7),
            new TrainingCalls(epoch => options.OnEpoch?.Invoke(epoch), checkAlive ?? (() => { }), _ => { }));
        return trainer.Fit(new TrainingData(new TableRows(new RowBatch(rows)),
            validation is null ? null : new TableRows(new RowBatch(validation))));
    }

    public static float[] Numbers(this AutoencoderModel model) =>
        [.. model.Weights.Named.SelectMany(named => named.Tensor.Floats())];

    /// <summary>The mean squared error of the reconstructions.</summary>
    public static double Error(this AutoencoderModel model, Tensor rows)
    {
        using IDisposable noGrad = no_grad();
        using var scope = NewDisposeScope();
        return model.Score(new RowBatch(rows)).Error.Tensor.to(ScalarType.Float64).mean().item<double>();
    }
}
