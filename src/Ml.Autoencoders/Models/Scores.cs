using Ml.Autoencoders.Bottlenecks;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Models;

/// <summary>What a trained model says of a batch of rows. Each answer is computed when it is first asked for.</summary>
/// <param name="model">The model.</param>
/// <param name="rows">Rows in the column's units, on the model's device.</param>
/// <param name="noise">Standard normal numbers, <c>[B, Z]</c>; only for a sample and what is computed from it.</param>
internal sealed class Scores(AutoencoderModel model, RowBatch rows, Tensor? noise = null)
{
    private ModelDefinition Definition => model.Definition;

    /// <summary><c>[B, Z]</c>; of a code that is a normal variable, its mean.</summary>
    public Tensor Code => field ??= Definition.Bottleneck.Code(Encoded, model.Weights);

    /// <summary>Rows in the column's units, <c>[B, D]</c>.</summary>
    public Tensor Reconstruction => model.InColumnUnits(Definition.Objective.Likelihood.ReconstructionOf(Output));

    /// <summary><c>[B]</c>, in the network's units.</summary>
    public Tensor Error => Definition.Objective.Likelihood.RowError(Input, Output);

    /// <summary>ln σ² of a code that is a normal variable, <c>[B, Z]</c>.</summary>
    public Tensor LogVariance => Posterior.LogVariance;

    /// <summary>A draw from q(z|x), <c>[B, Z]</c>.</summary>
    public Tensor Sample => field ??= Posterior.Sample(noise!);

    /// <summary>ln p(x|z) - KL(q(z|x) || p(z)) in nats, with z the <see cref="Sample"/>: an unbiased estimate, <c>[B]</c>.</summary>
    public Tensor EvidenceLowerBound => LogLikelihoodOf(Sample) - Posterior.Divergence().sum([1]);

    /// <summary>Which codebook vectors a quantised code is made of, counted from 1; 0 where the row is missing. <c>[B, n]</c>.</summary>
    public Tensor CodeIndices => VectorQuantizedBottleneck.Keys(Encoded, model.Weights);

    private Tensor Input => field ??= model.InNetworkUnits(rows.Values);

    private Tensor Encoded => field ??= model.Weights.Encode(Input, ForwardMode.Prediction, rows.Labels);

    private Tensor Output => field ??= OutputOf(Code);

    private DiagonalGaussian Posterior => DiagonalGaussian.Of(Encoded);

    private Tensor LogLikelihoodOf(Tensor code) => Definition.Objective.Likelihood.LogProbability(
        Definition.Objective.Likelihood.RowError(Input, OutputOf(code)), model.InputSize, model.Weights, ForwardMode.Prediction);

    private Tensor OutputOf(Tensor code) =>
        Definition.Objective.Likelihood.OutputOf(model.Weights, code, ForwardMode.Prediction, rows.Labels);
}
