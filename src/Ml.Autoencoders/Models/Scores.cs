using Ml.Autoencoders.Bottlenecks;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Models;

/// <summary>What a trained model says of a batch of rows. Each answer is computed when it is first asked for.</summary>
/// <param name="model">The model.</param>
/// <param name="rows">Rows in the network's units, on the model's device.</param>
/// <param name="noise">Standard normal numbers, <c>[B, Z]</c>; only for a sample and what is computed from it.</param>
/// <param name="draws">Codes drawn for the anomaly score of each row; 0 where that is the reconstruction error.</param>
/// <param name="seed">What those are drawn from.</param>
internal sealed class Scores(AutoencoderModel model, RowBatch rows, Tensor? noise = null, int draws = 0, int seed = 0)
{
    /// <summary>16 MiB where the decoder is widest.</summary>
    private const long MostNumbers = 1 << 22;

    private ModelDefinition Definition => model.Definition;

    /// <summary><c>[B, Z]</c>; of a code that is a normal variable, its mean.</summary>
    public Tensor Code => field ??= Definition.Bottleneck.Code(Encoded, model.Weights);

    /// <summary>Rows in the column's units, <c>[B, D']</c>.</summary>
    public Tensor Reconstruction => model.InColumnUnits(Definition.Objective.Likelihood.ReconstructionOf(Output));

    /// <summary><c>[B]</c>, in the network's units.</summary>
    public Tensor Error => Definition.Objective.Likelihood.RowError(Input, Output);

    /// <summary>The part of each slot in <see cref="Error"/>, in the network's units and the column's order, <c>[B, D]</c>.</summary>
    public Tensor FeatureErrors
    {
        get
        {
            Tensor errors = Definition.Objective.Likelihood.SlotErrors(Input, Output);
            return Definition.Image?.FromPlanar(errors) ?? errors;
        }
    }

    /// <summary>ln σ² of a code that is a normal variable, <c>[B, Z]</c>.</summary>
    public Tensor LogVariance => Posterior.LogVariance;

    /// <summary>A draw from q(z|x), <c>[B, Z]</c>.</summary>
    public Tensor Sample => field ??= Posterior.Sample(noise!);

    /// <summary>ln p(x|z) - KL(q(z|x) || p(z)) in nats, with z the <see cref="Sample"/>: an unbiased estimate, <c>[B]</c>.</summary>
    public Tensor EvidenceLowerBound => LogLikelihoodOf(Sample.unsqueeze(0)).squeeze(0) - Posterior.Divergence().sum([1]);

    /// <summary>
    /// ln p(x) in nats, estimated from below by importance sampling, <c>[B]</c>. Draws are made a block at a time, so that
    /// memory does not grow with their number.
    /// </summary>
    /// <param name="samples">Draws from q(z|x) for each row.</param>
    /// <param name="random">What they are drawn from.</param>
    public Tensor LogLikelihood(int samples, Generator random)
    {
        long count = Input.shape[0];
        DiagonalGaussian posterior = Posterior;
        int block = (int)Math.Clamp(MostNumbers / (count * Definition.Network.DecoderWidth), 1, samples);
        Tensor total = empty_like(Input.select(1, 0)).FillInPlace(double.NegativeInfinity); // [B]
        for (int done = 0; done < samples; done += block)
        {
            using var scope = NewDisposeScope();
            int drawn = Math.Min(block, samples - done);
            Tensor noise = Draws.Normal([drawn, count, model.CodeSize], Input.dtype, Input.device, random);
            Tensor codes = posterior.Sample(noise);
            Tensor weights = ImportanceWeights.Log(LogLikelihoodOf(codes), codes, posterior.LogDensityOfDraw(noise));
            total.copy_(total.logaddexp(weights.logsumexp(0)));
        }
        return total.Minus(Math.Log(samples));
    }

    /// <summary>
    /// How unusual a row is, <c>[B]</c>: its reconstruction error; or, where codes are normal variables, the negative evidence
    /// lower bound in nats, KL(q(z|x) || p(z)) - E ln p(x|z), with the expectation over draws that are the same for every row.
    /// Infinite where a row without missing values is so far off that this is no number.
    /// </summary>
    public Tensor Anomaly => field ??= OrEndless(draws == 0 ? Error : NegativeEvidence());

    /// <summary>Which codebook vectors a quantised code is made of, counted from 1; 0 where the row is missing. <c>[B, n]</c>.</summary>
    public Tensor CodeIndices => VectorQuantizedBottleneck.Keys(Encoded, model.Weights);

    private Tensor Input => rows.Values;

    private Tensor Encoded => field ??= Definition.Bottleneck.Read(model.Weights.Encode(Input, ForwardMode.Prediction, rows.Labels));

    private Tensor Output => field ??= Definition.Objective.Likelihood.OutputOf(model.Weights, Code, ForwardMode.Prediction, rows.Labels);

    private DiagonalGaussian Posterior => DiagonalGaussian.Of(Encoded);

    /// <summary>ln p(x|z): <c>[K, B, Z]</c> to <c>[K, B]</c>.</summary>
    private Tensor LogLikelihoodOf(Tensor codes) =>
        Definition.Objective.Likelihood.LogProbability(rows, codes, model.Weights, ForwardMode.Prediction);

    private Tensor OrEndless(Tensor score) =>
        score.Masked(score.isnan().logical_and(Input.isnan().any(1).logical_not()), double.PositiveInfinity);

    private Tensor NegativeEvidence()
    {
        using Generator random = new RandomStreams(seed).Create(RandomUse.Noise);
        Tensor score = Posterior.Divergence().sum([1]); // [B]
        for (int i = 0; i < draws; i++)
        {
            using var scope = NewDisposeScope();
            Tensor codes = Posterior.Sample(Draws.Normal([1, 1, model.CodeSize], Input.dtype, Input.device, random)); // [1, B, Z]
            score.sub_(LogLikelihoodOf(codes).squeeze(0).Over(draws));
        }
        return score;
    }
}
