using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Models;

/// <summary>What a trained model computes for a batch of rows. Each property is computed on first use.</summary>
/// <param name="model">The model.</param>
/// <param name="rows">Rows in the network's units, on the model's device.</param>
/// <param name="noise">The noise that codes are drawn with; only for a sample and what is computed from it.</param>
/// <param name="draws">Codes drawn for the anomaly score of each row; 0 where that is the reconstruction error.</param>
/// <param name="seed">The seed that those are drawn from.</param>
internal sealed class Prediction(AutoencoderModel model, RowBatch rows, INoise? noise = null,
    int draws = 0, int seed = 0)
{
    /// <summary>16 MiB where the decoder is widest.</summary>
    private const long MaxNumbers = 1 << 22;

    private ModelDefinition Definition => model.Definition;

    /// <summary><c>[B, Z]</c>; of a code that is a normal variable, its mean.</summary>
    public Tensor Code => field ??= Definition.Bottleneck.Code(Encoded, model.Weights);

    /// <summary>Rows in the column's units, <c>[B, D']</c>.</summary>
    public Tensor Reconstruction =>
        model.InColumnUnits(Definition.Objective.Likelihood.ReconstructionOf<TorchArray>(Output));

    /// <summary><c>[B]</c>, in the network's units.</summary>
    public Tensor Error => Definition.Objective.Likelihood.RowError<TorchArray>(Input, Output);

    /// <summary>
    /// The part of each slot in <see cref="Error"/>, in the network's units and the column's order, <c>[B, D]</c>.
    /// </summary>
    public Tensor FeatureErrors
    {
        get
        {
            Tensor errors = Definition.Objective.Likelihood.SlotErrors<TorchArray>(Input, Output);
            return Definition.Image?.FromPlanar(errors) ?? errors;
        }
    }

    /// <summary>A column that codes of the kind have in addition to the code, <c>[B, size]</c>.</summary>
    public Tensor Column(CodeColumn column) => column.Read(Encoded, model.Weights);

    /// <summary>A draw from q(z|x), the first of the row's, <c>[B, Z]</c>.</summary>
    public Tensor Sample => Draw.Codes;

    /// <summary>
    /// ln p(x|z) - KL(q(z|x) || p(z)) in nats, with z the <see cref="Sample"/>: an unbiased estimate, <c>[B]</c>.
    /// </summary>
    public Tensor EvidenceLowerBound =>
        LogLikelihoodOf(Sample.unsqueeze(0)).squeeze(0) - Prior.DivergenceOf(Posterior, Draw).sum([1]);

    /// <summary>
    /// ln p(x) in nats, estimated from below by importance sampling, <c>[B]</c>. Draws are made a block at a time, so
    /// that memory does not grow with their number.
    /// </summary>
    /// <param name="samples">Draws from q(z|x) for each row.</param>
    /// <param name="maxRows">Rows of the largest batch: the blocks of a row, and so its bits, do not depend on the size
    /// of its own batch.</param>
    public Tensor LogLikelihood(int samples, int maxRows)
    {
        Posterior posterior = Posterior; // outlives the blocks
        Func<Tensor, Tensor> logPrior = Prior.Density();
        int block = (int)Math.Clamp(MaxNumbers / (maxRows * Definition.Network.DecoderWidth), 1, samples);
        Tensor total = empty_like(Input.select(1, 0)).FillInPlace(double.NegativeInfinity); // [B]
        for (int done = 0; done < samples; done += block)
        {
            using var scope = NewDisposeScope();
            int drawn = Math.Min(block, samples - done);
            var draw = new CodeDraw(posterior, Noise(done, drawn));
            Tensor weights = ImportanceWeights.Log(LogLikelihoodOf(draw.Codes), logPrior(draw.Codes), draw.LogDensity);
            total.copy_(total.logaddexp(weights.logsumexp(0)));
        }
        return total.Minus(Math.Log(samples));
    }

    /// <summary>
    /// How unusual a row is, <c>[B]</c>: its reconstruction error; or, where codes are random variables, the negative
    /// evidence lower bound in nats, KL(q(z|x) || p(z)) - E ln p(x|z), with the expectation over draws that are the
    /// same for every row. Infinite where a row without missing values is so extreme that this is NaN.
    /// </summary>
    public Tensor Anomaly => field ??= OrEndless(draws == 0 ? Error : NegativeEvidence());

    private Tensor Input => rows.Values;

    private Tensor Encoded => field ??=
        Definition.Bottleneck.Read(model.Weights.Encode(Input, ForwardMode.Prediction, rows.Labels));

    private Tensor Output =>
        field ??= Definition.Objective.Likelihood.OutputOf(model.Weights, Code, ForwardMode.Prediction, rows.Labels);

    private Posterior Posterior => field ??= Definition.Bottleneck.Posterior(Encoded)
        ?? throw new InvalidOperationException("The codes are not random variables.");

    private CodeDraw Draw => field ??= new CodeDraw(Posterior, Noise(0, 1).squeeze(0));

    private BoundPrior Prior => model.Prior
        ?? throw new InvalidOperationException("The codes have no prior.");

    /// <summary>ln p(x|z): <c>[K, B, Z]</c> to <c>[K, B]</c>.</summary>
    private Tensor LogLikelihoodOf(Tensor codes) =>
        Definition.Objective.Likelihood.LogProbability(rows, codes, model.Weights, ForwardMode.Prediction);

    private Tensor OrEndless(Tensor score) =>
        score.Masked(score.isnan().logical_and(Input.isnan().any(1).logical_not()), double.PositiveInfinity);

    private Tensor NegativeEvidence()
    {
        float[] numbers = CommonNoise.Of(draws, model.CodeSize, seed).Numbers;
        Tensor? closed = Posterior.Divergence(Prior.Prior);
        Func<Tensor, Tensor>? logPrior = closed is null ? Prior.Density() : null;
        Tensor score = closed?.sum([1]) ?? zeros_like(Input.select(1, 0)); // [B]
        for (int i = 0; i < draws; i++)
        {
            using var scope = NewDisposeScope();
            float[] common = numbers[(i * model.CodeSize)..((i + 1) * model.CodeSize)];
            Tensor shared = tensor(common, [1, 1, model.CodeSize], dtype: ScalarType.Float32, device: CPU);
            // Each row's posterior makes its own code of it.
            var draw = new CodeDraw(Posterior, shared.to(Input.dtype, Input.device)); // [1, B, Z]
            score.sub_(LogLikelihoodOf(draw.Codes).squeeze(0).Over(draws));
            if (logPrior is not null)
                score.PlusInPlace((draw.LogDensity - logPrior(draw.Codes)).squeeze(0).Over(draws));
        }
        return score;
    }

    /// <summary>The noise of some draws of each row, <c>[count, B, Z]</c>.</summary>
    private Tensor Noise(int first, int count)
    {
        (int batch, int size) = ((int)rows.Count, model.CodeSize);
        var numbers = new float[count * batch * size];
        for (int draw = 0; draw < count; draw++)
        {
            for (int row = 0; row < batch; row++)
                noise!.Fill(row, first + draw, numbers.AsSpan((draw * batch + row) * size, size));
        }
        return tensor(numbers, [count, batch, size], dtype: ScalarType.Float32, device: CPU)
            .to(Input.dtype, Input.device);
    }
}
