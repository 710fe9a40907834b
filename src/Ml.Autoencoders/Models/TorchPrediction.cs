using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Models;

/// <summary>A prediction with torch, and with it what only torch computes: draws, and how likely rows are.</summary>
/// <param name="model">The model.</param>
/// <param name="rows">Rows in the network's units, on the model's device; NaN where values are missing.</param>
/// <param name="noise">The noise that codes are drawn with; only for a sample and what is computed from it.</param>
/// <param name="draws">Codes drawn for the anomaly score of each row; 0 where that is the reconstruction error.</param>
/// <param name="seed">The seed that those are drawn from.</param>
/// <param name="inColumn">The rows as the column has them; only for rows with filled gaps.</param>
internal sealed class TorchPrediction(AutoencoderModel model, RowBatch rows, INoise? noise = null, int draws = 0,
    int seed = 0, Tensor? inColumn = null)
    : Prediction<TorchArray>(model.Definition,
        model.Definition.Objective.Likelihood.Gapped<TorchArray>(rows.Values, model.Definition.Network.MarksGaps),
        OneHot(model, rows), draws, seed)
{
    /// <summary>16 MiB where the decoder is widest.</summary>
    private const long MaxNumbers = 1 << 22;

    /// <summary>A draw from q(z|x), the first of the row's, <c>[B, Z]</c>.</summary>
    public Tensor Sample => Draw.Codes;

    /// <summary>
    /// ln p(x|z) - KL(q(z|x) || p(z)) in nats, with z the <see cref="Sample"/>: an unbiased estimate, <c>[B]</c>.
    /// </summary>
    public Tensor EvidenceLowerBound =>
        LogLikelihoodOf(Sample.unsqueeze(0), 1).Tensor.squeeze(0) - Prior.DivergenceOf(Posterior, Draw).sum([1]);

    /// <summary>
    /// ln p(x) in nats, estimated from below by importance sampling, <c>[B]</c>. Draws are made a block at a time, so
    /// that memory does not grow with their number.
    /// </summary>
    /// <param name="samples">Draws from q(z|x) for each row.</param>
    /// <param name="maxRows">Rows of the largest batch: the blocks of a row, and so its bits, do not depend on the size
    /// of its own batch.</param>
    public Tensor LogLikelihood(int samples, int maxRows)
    {
        Posterior<TorchArray> posterior = Posterior; // outlives the blocks
        Func<Tensor, Tensor> logPrior = Prior.Density();
        int block = (int)Math.Clamp(MaxNumbers / (maxRows * model.Definition.Network.DecoderWidth), 1, samples);
        Tensor total = empty_like(rows.Values.select(1, 0)).FillInPlace(double.NegativeInfinity); // [B]
        for (int done = 0; done < samples; done += block)
        {
            using var scope = NewDisposeScope();
            int drawn = Math.Min(block, samples - done);
            var draw = new CodeDraw(posterior, Noise(done, drawn));
            Tensor weights = ImportanceWeights.Log(LogLikelihoodOf(draw.Codes, drawn), logPrior(draw.Codes),
                draw.LogDensity);
            total.copy_(total.logaddexp(weights.logsumexp(0)));
        }
        return total.Minus(Math.Log(samples));
    }

    public override TorchArray Of(ManagedOutput output, CodeColumn? column = null) => output switch
    {
        ManagedOutput.Sample => Sample,
        ManagedOutput.EvidenceLowerBound => EvidenceLowerBound,
        _ => base.Of(output, column),
    };

    protected override Func<TorchArray, TorchArray> LogPrior()
    {
        Func<Tensor, Tensor> density = Prior.Density();
        return codes => density(codes);
    }

    protected override TorchArray Find(string name, params long[] shape) => model.Find(name);

    protected override TorchArray Encode(TorchArray conditioned, HiddenOutputs<TorchArray> hidden) =>
        model.Weights.EncodeWhole(conditioned, ForwardMode.Prediction, hidden);

    protected override TorchArray Decode(TorchArray conditioned) =>
        Likelihood.OutputOf(model.Weights, conditioned, ForwardMode.Prediction, labels: null);

    protected override TorchArray InColumn =>
        inColumn ?? throw new InvalidOperationException("The rows are not those of a column.");

    /// <summary>Gaps that the model takes are no missing values anymore.</summary>
    protected override TorchArray OrEndless(TorchArray score) => score.Tensor.Masked(
        score.Tensor.isnan().logical_and(Rows.Tensor.isnan().any(1).logical_not()), double.PositiveInfinity);

    /// <inheritdoc cref="OrEndless"/>
    protected override TorchArray OrMissing(TorchArray values) =>
        values.Tensor.Masked(Rows.Tensor.isnan().any(1, keepdim: true), double.NaN);

    private CodeDraw Draw => field ??= new CodeDraw(Posterior, Noise(0, 1).squeeze(0));

    private BoundPrior Prior => model.Prior
        ?? throw new InvalidOperationException("The codes have no prior.");

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
        return Rows.Constant(numbers, count, batch, size);
    }

    private static TorchArray? OneHot(AutoencoderModel model, RowBatch rows) => rows.Labels is { } labels
        ? model.Weights.OneHot(labels).to(rows.Values.dtype)
        : default(TorchArray?);
}
