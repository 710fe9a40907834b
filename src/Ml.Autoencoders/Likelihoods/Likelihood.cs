using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// How a row is distributed around what the decoder gives, p(x|z). Its negative logarithm is, up to scale, the
/// reconstruction loss: squared error of a normal variable, cross-entropy of a Bernoulli variable.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "likelihood")]
[JsonDerivedType(typeof(GaussianLikelihood), "gaussian")]
[JsonDerivedType(typeof(LearnedGaussianLikelihood), "learnedGaussian")]
[JsonDerivedType(typeof(BernoulliLikelihood), "bernoulli")]
[JsonDerivedType(typeof(MixedLikelihood), "mixed")]
[JsonDerivedType(typeof(CategoricalLikelihood), "categorical")]
internal abstract record Likelihood
{
    /// <summary>The likelihood whose reconstruction loss is <paramref name="loss"/>.</summary>
    public static Likelihood Of(ReconstructionLoss loss) =>
        loss == ReconstructionLoss.BinaryCrossEntropy ? new BernoulliLikelihood() : new GaussianLikelihood();

    /// <summary>The likelihood of a family that has one, p(x|z).</summary>
    /// <param name="loss">Its reconstruction loss.</param>
    /// <param name="variance">Of the normal one: fixed, or null for the one that makes the rows most likely.</param>
    /// <param name="where">The options that they are from.</param>
    /// <exception cref="ArgumentException">The variance is not above 0, or the loss has none.</exception>
    public static Likelihood OfVariational(ReconstructionLoss loss, float? variance, string where)
    {
        if (variance is not { } given)
            return loss == ReconstructionLoss.BinaryCrossEntropy
                ? new BernoulliLikelihood() : new LearnedGaussianLikelihood();
        new GaussianLikelihood(given).Check(where);
        if (loss == ReconstructionLoss.BinaryCrossEntropy)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{where}: OutputVariance is {given}, and Loss is BinaryCrossEntropy, which has no variance. " +
                    $"Leave out one of the two."));
        return new GaussianLikelihood(given);
    }

    /// <summary>The same of rows in which some slots are categories.</summary>
    /// <param name="slots">Slots of a row.</param>
    /// <param name="categories">The slots of each category, in ascending order; at least one.</param>
    public virtual Likelihood With(int slots, IReadOnlyList<SlotGroup> categories) =>
        new MixedLikelihood(slots, categories);

    /// <summary>Checks its number.</summary>
    /// <exception cref="ArgumentException">It is not valid, and a caller gave it.</exception>
    /// <exception cref="FormatException">It is not valid, and is from a file.</exception>
    public virtual void Check(Place place)
    {
    }

    /// <summary>Whether rows, and with them the decoder's outputs, have to lie between 0 and 1.</summary>
    [JsonIgnore]
    public abstract bool NeedsUnitInterval { get; }

    /// <summary>The tensors that it holds itself.</summary>
    [JsonIgnore]
    public virtual IReadOnlyList<ParameterSpec> Parameters => [];

    /// <summary>Whether it takes the decoder's numbers before the sigmoid at its end.</summary>
    [JsonIgnore]
    public virtual bool TakesLogits => false;

    /// <summary>Which columns the slots of a row are, where some are categories; null where each slot is a
    /// number.</summary>
    [JsonIgnore]
    public virtual SlotColumns? Columns => null;

    /// <summary>How many columns a row has.</summary>
    /// <param name="size">Numbers in it, D.</param>
    public long ColumnsOf(long size) => Columns?.Count ?? size;

    /// <summary>What it takes from the decoder: codes <c>[B, Z]</c> to <c>[B, D]</c>.</summary>
    /// <param name="network">What decodes.</param>
    /// <param name="code">The codes.</param>
    /// <param name="mode">Training or prediction.</param>
    /// <param name="labels">Where there is a condition, <c>[B]</c>.</param>
    /// <param name="target">What should come out, <c>[B, D]</c>, which in training a decoder may be told.</param>
    public Tensor OutputOf(BoundNetwork network, Tensor code, ForwardMode mode, Tensor? labels, Tensor? target = null)
    {
        if (target is not null)
            mode = mode.Telling<TorchArray>(target);
        return TakesLogits ? network.DecodeToLogits(code, mode, labels) : network.Decode(code, mode, labels);
    }

    /// <summary>
    /// The reconstruction of the row that an output stands for, its mean: <c>[B, D]</c> to <c>[B, D]</c>.
    /// </summary>
    public virtual T ReconstructionOf<T>(T output) where T : struct, IArray<T> => output;

    /// <summary>The same of one row in managed memory, in place: <c>[D]</c>.</summary>
    /// <param name="output">What the decoder gave; is overwritten.</param>
    /// <returns>The part of it that holds the row.</returns>
    public virtual Span<float> ReconstructionOf(Span<float> output) => output;

    /// <summary>The reconstruction error of each slot: targets and outputs, <c>[B, D]</c>, to <c>[B, D]</c>.</summary>
    public abstract T SlotErrors<T>(T target, T output) where T : struct, IArray<T>;

    /// <summary>The same of one row in managed memory: <c>[D]</c>, <c>[D]</c> to <c>[D]</c>.</summary>
    public abstract void SlotErrors(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> errors);

    /// <summary>
    /// The reconstruction error of each row, a mean over its columns, each of which is a slot unless there are
    /// categories: targets and outputs, <c>[..., D]</c>, to <c>[...]</c>.
    /// </summary>
    public T RowError<T>(T target, T output) where T : struct, IArray<T> =>
        RowError(Gapped(target, mayHaveGaps: false), output);

    /// <summary>The same of targets in which values may be missing: the mean over what is there, and 0 where nothing
    /// is.</summary>
    public T RowError<T>(GappedRows<T> target, T output) where T : struct, IArray<T> =>
        Losses.MeanOverSlots(SlotErrors(target.Values, output), target);

    /// <summary>The errors of the slots of one row in managed memory, 0 in gaps.</summary>
    /// <param name="target">The row, <c>[D]</c>.</param>
    /// <param name="gaps">1 where values are missing, 0 elsewhere, <c>[D]</c>; empty where none can be.</param>
    /// <param name="output">What the decoder gave, <c>[D]</c>.</param>
    /// <param name="errors">Gets them, <c>[D]</c>.</param>
    public void SlotErrors(ReadOnlySpan<float> target, ReadOnlySpan<float> gaps, ReadOnlySpan<float> output,
        Span<float> errors)
    {
        SlotErrors(target, output, errors);
        for (int slot = 0; slot < gaps.Length; slot++)
        {
            if (gaps[slot] != 0)
                errors[slot] = 0;
        }
    }

    /// <summary>The mean of the same over the columns that are there.</summary>
    /// <inheritdoc cref="SlotErrors(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public float RowError(ReadOnlySpan<float> target, ReadOnlySpan<float> gaps, ReadOnlySpan<float> output,
        Span<float> errors)
    {
        SlotErrors(target, gaps, output, errors);
        return Elementwise.Sum(errors) / Math.Max(CountObserved(gaps, errors.Length), 1);
    }

    /// <summary>The share of the columns of a row in managed memory that are there: 1 where none can be
    /// missing.</summary>
    /// <param name="gaps">1 where values are missing, 0 elsewhere, <c>[D]</c>; empty where none can be.</param>
    /// <param name="least">What it is not below: as if so many columns were there.</param>
    public float ShareObserved(ReadOnlySpan<float> gaps, int least = 0) => gaps.IsEmpty ? 1
        : Math.Max(CountObserved(gaps, gaps.Length), least) / ColumnsOf(gaps.Length);

    /// <summary>Of ln p(x|z) as if all slots were there, and had the mean error of those that are, the part of these:
    /// <c>[...]</c>.</summary>
    public virtual T Part<T>(GappedRows<T> rows, T whole) where T : struct, IArray<T> => rows.Part(whole);

    /// <summary>The same of a row in managed memory.</summary>
    public virtual double Part(ReadOnlySpan<float> gaps, double whole) => whole * ShareObserved(gaps);

    private float CountObserved(ReadOnlySpan<float> gaps, int size)
    {
        if (Columns is not { } columns)
            return size - Elementwise.Sum(gaps);
        float missing = 0;
        for (int slot = 0; slot < gaps.Length; slot++)
            missing += gaps[slot] * columns.Shares[slot];
        return columns.Count - missing;
    }

    /// <summary>Rows whose gaps are NaN, or keys that are 0.</summary>
    /// <param name="rows">The rows, <c>[..., D]</c>.</param>
    /// <param name="mayHaveGaps">Whether values may be missing.</param>
    public virtual GappedRows<T> Gapped<T>(T rows, bool mayHaveGaps) where T : struct, IArray<T> =>
        GappedRows<T>.Of(rows, mayHaveGaps, Columns?.Shares);

    /// <summary>The same of rows that are trained on, and so were checked before.</summary>
    public virtual Tensor CheckedRowError(Tensor target, Tensor output) => RowError<TorchArray>(target, output);

    /// <summary>
    /// The error of a column, averaged over those that are there, of always giving the mean row, which needs no
    /// network: rows <c>[N, D]</c>, whose gaps are NaN, to a number.
    /// </summary>
    public virtual double ErrorOfMean(Tensor rows) => OfMean(rows, (target, output) =>
        target.Without(SlotErrors<TorchArray>(target.Values, output)).Tensor.sum()
            / Counted(target, rows).sum().AtLeast(1));

    /// <summary>The same, as the mean of the rows' errors: one with many gaps weighs as much as one with
    /// few.</summary>
    public virtual double RowErrorOfMean(Tensor rows) =>
        OfMean(rows, (target, output) => RowError(target, output).Tensor.mean());

    /// <summary>A number that is computed from rows and what the decoder has to give for their mean.</summary>
    private double OfMean(Tensor rows, Func<GappedRows<TorchArray>, TorchArray, Tensor> error)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        var target = Gapped<TorchArray>(rows, rows.isnan().any().item<bool>());
        Tensor counts = target.Without(ones_like(rows)).Tensor.sum([0], keepdim: true);     // [1, D]
        Tensor mean = target.Values.Tensor.sum([0], keepdim: true) / counts.AtLeast(1);
        return error(target, OutputOfMean(mean).expand_as(rows)).item<float>();
    }

    /// <summary>How many columns of each row are there, slot by slot.</summary>
    private Tensor Counted(GappedRows<TorchArray> target, Tensor rows)
    {
        TorchArray ones = ones_like(rows);
        return target.Without(Columns is { } columns ? ones * ones.Constant(columns.Shares, columns.Slots) : ones);
    }

    /// <summary>What the decoder has to give for a reconstruction: <c>[1, D]</c> to <c>[1, D]</c>.</summary>
    protected virtual Tensor OutputOfMean(Tensor mean) => mean;

    /// <summary>ln p(x|z) of each row in nats, summed over its slots: a straight line over the row error.</summary>
    /// <param name="rowError">What <see cref="RowError"/> gave.</param>
    /// <param name="size">Numbers in a row, D.</param>
    /// <param name="find">Its own numbers by name.</param>
    public abstract T LogProbability<T>(T rowError, long size, WeightFinder<T> find) where T : IArithmetic<T>;

    /// <summary>The same, where its own numbers may move.</summary>
    /// <param name="rowError">What <see cref="RowError"/> gave, <c>[B]</c>.</param>
    /// <param name="size">Numbers in a row, D.</param>
    /// <param name="weights">Where its own tensors are.</param>
    /// <param name="mode">Whether those may move.</param>
    /// <param name="observed">How many slots of each row are there, <c>[B]</c>; null where all are.</param>
    public virtual Tensor LogProbability(Tensor rowError, long size, BoundNetwork weights, ForwardMode mode,
        Tensor? observed = null) =>
        LogProbability<TorchArray>(rowError, size, weights.Find);

    /// <summary>ln p(x|z) of each row for several codes: <c>[K, B, Z]</c> to <c>[K, B]</c>, in nats.</summary>
    /// <param name="rows">The rows x, <c>[B, D]</c>, in the network's units; of pairs, the targets.</param>
    /// <param name="codes">The codes z.</param>
    /// <param name="network">What decodes them.</param>
    /// <param name="mode">Training or prediction.</param>
    public Tensor LogProbability(RowBatch rows, Tensor codes, BoundNetwork network, ForwardMode mode)
    {
        long copies = codes.shape[0];
        Tensor target = rows.Target.repeat(copies, 1);
        Tensor output = OutputOf(network, codes.flatten(0, 1), mode, rows.Labels?.repeat(copies), target); // [K B, D]
        var targets = Gapped<TorchArray>(target, network.Plan.MarksGaps);
        return LogProbability(targets, RowError(targets, output), network, mode).reshape(copies, -1); // [K, B]
    }

    /// <summary>ln p(x|z) of the slots of each row that are there, in nats: <c>[B]</c>.</summary>
    /// <param name="target">The rows x, <c>[B, D]</c>, in the network's units.</param>
    /// <param name="rowError">What <see cref="RowError"/> gave of them, <c>[B]</c>.</param>
    /// <param name="network">Where its own tensors are.</param>
    /// <param name="mode">Whether those may move.</param>
    public Tensor LogProbability(GappedRows<TorchArray> target, Tensor rowError, BoundNetwork network,
        ForwardMode mode) =>
        Part(target, LogProbability(rowError, target.Values.Size(-1), network, mode, target.Observed?.Tensor));

    /// <summary>The mean -ln p(x) of always giving the mean row, in nats.</summary>
    /// <param name="errorOfMean">What <see cref="ErrorOfMean"/> gave.</param>
    /// <param name="size">Numbers in a row, D.</param>
    public virtual double NegativeLogProbabilityOfMean(double errorOfMean, long size) =>
        -LogProbability<Number>(errorOfMean, size, (_, _) => throw new UnreachableException()).Value;
}
