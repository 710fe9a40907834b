using System.Diagnostics;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Models;

/// <summary>What a trained model computes for a batch of rows. Each property is computed on first use.</summary>
/// <param name="definition">The model.</param>
/// <param name="rows">Rows in the network's units, and where they have gaps.</param>
/// <param name="oneHot">Their labels as one-hot numbers, <c>[B, K]</c>; null where there is no condition.</param>
/// <param name="draws">Codes drawn for the anomaly score of each row; 0 where that is no expectation.</param>
/// <param name="seed">The seed that those are drawn from.</param>
internal abstract class Prediction<T>(ModelDefinition definition, GappedRows<T> rows, T? oneHot, int draws, int seed)
    where T : struct, IArray<T>
{
    private readonly HiddenOutputs<T> _activations = new(definition.Network.Encoder);
    private T? _anomaly;
    private T? _code;
    private T? _codePart;
    private T? _encoded;
    private T? _encoderOutput;
    private T? _hidden;
    private T? _output;
    private Posterior<T>? _posterior;

    /// <summary><c>[B, Z]</c>; of a code that is a normal variable, its mean.</summary>
    public T Code => _code ??= definition.Bottleneck.Code<T>(Encoded, Find);

    /// <summary>The outputs of the encoder's hidden layers, side by side, <c>[B, H]</c>; missing where the row holds a
    /// missing value, whichever of them it would reach.</summary>
    public T Hidden => _hidden ??= OrMissing(Collected());

    /// <summary>The row in the network's units and the column's order, then <see cref="Hidden"/>,
    /// <c>[B, D + H]</c>.</summary>
    public T RowAndHidden
    {
        get
        {
            T row = definition.ImageOf(definition.Network.InputSize)?.FromPlanar(rows.Values) ?? rows.Values;
            return OrMissing(row).Concat(Hidden, 1);
        }
    }

    /// <summary>Rows in the column's units, <c>[B, D']</c>.</summary>
    public T Reconstruction => ModelUnits.InColumn(definition, Likelihood.ReconstructionOf(Output), Find);

    /// <summary>The rows as the column has them, with <see cref="Reconstruction"/> in their gaps,
    /// <c>[B, D]</c>.</summary>
    public T Imputed => rows.Gaps is { } gaps ? InColumn.Masked(gaps, Reconstruction) : InColumn;

    /// <summary><c>[B]</c>, in the network's units.</summary>
    public T Error => Likelihood.RowError(rows, Output);

    /// <summary>The error of each slot, in the network's units and order, <c>[B, D]</c>; 0 in gaps.</summary>
    public T SlotErrors => rows.Without(Likelihood.SlotErrors(rows.Values, Output));

    /// <summary>
    /// The part of each slot in <see cref="Error"/>, or in a score that is a sum of parts, in the network's units and
    /// the column's order, <c>[B, D]</c>; 0 in gaps.
    /// </summary>
    public T FeatureErrors
    {
        get
        {
            T parts = SlotParts;
            return definition.Image?.FromPlanar(parts) ?? parts;
        }
    }

    /// <summary>The same summed by column of a table, <c>[B, C]</c>.</summary>
    public T ColumnErrors => Likelihood.Columns is { } columns ? columns.SumsOfColumns(FeatureErrors) : FeatureErrors;

    /// <summary>The part of the code in <see cref="Anomaly"/>, <c>[B]</c>; of a detector with such a score.</summary>
    public T CodePart => _codePart ??= OrEndless(OrMissing(CodeDistance.Of(Code,
        Find(ScoreNumbers.CodeWeight, definition.Network.CodeSize, definition.Network.CodeSize),
        Find(ScoreNumbers.CodeBias, definition.Network.CodeSize))).Reshape(-1));

    /// <summary>
    /// How unusual a row is, <c>[B]</c>: see <see cref="AnomalyScoreKind"/>; or, where codes are random variables, the
    /// negative evidence lower bound in nats, KL(q(z|x) || p(z)) - E ln p(x|z), with the expectation over draws that
    /// are the same for every row, and ln p(x|z) of all slots, those that are missing with the mean error of the
    /// others: scores of rows with different gaps can be compared. Infinite where a row without missing values is so
    /// extreme that this is NaN.
    /// </summary>
    public T Anomaly => _anomaly ??= draws > 0 ? OrEndless(NegativeEvidence()) : definition.Score switch
    {
        AnomalyScoreKind.CodeDistance => CodePart,
        AnomalyScoreKind.Both => OrEndless(SlotParts.Sum(-1) + CodePart),
        _ => definition.LastStep is > 0 and var slots ? ErrorOfLast(slots) : OrEndless(Error),
    };

    /// <summary>How unlikely the value of each column is given those of the others, <c>[B, C]</c>; of a detector that
    /// gives reasons. 0 where the value is missing.</summary>
    public T Reasons
    {
        get
        {
            SlotColumns columns = definition.Table;
            int size = columns.Count;
            T errors = T.Fold(null, size, (before, first, count) =>
            {
                T some = ErrorsOfHidden(columns, first, count);
                return before is { } known ? known.Concat(some, 1) : some;
            });
            T shares = Rows.Constant(columns.Shares, columns.Slots);
            T observed = (-columns.SumsOfColumns(rows.Gaps!.Value.AsNumbers() * shares) + 1).AtLeast(0);
            return errors.TimesPlus(Find(ScoreNumbers.ReasonScale, size), Find(ScoreNumbers.ReasonOffset, size))
                * observed;
        }
    }

    /// <summary>The error of each column that is hidden from the encoder, beside the gaps of its row,
    /// <c>[B, C]</c>.</summary>
    public T ErrorsOfHidden(SlotColumns columns, int first, int count)
    {
        long size = columns.Slots;
        T hidden = Rows.Constant(columns.MaskOf(first, count), count, 1, size);
        T gaps = rows.Gaps!.Value.AsNumbers();
        T marks = gaps + hidden - gaps * hidden;                                            // [n, B, D]
        T marked = (Rows * (-hidden + 1)).Concat(marks, 2).Reshape(-1, 2 * size);           // [n B, 2D]
        T? labels = oneHot?.Expand(count, -1, -1).Reshape(-1, definition.Network.ConditionSize);
        T encoded = Encode(Conditioned(marked, labels), new HiddenOutputs<T>(definition.Network.Encoder));
        T code = definition.Bottleneck.Code<T>(definition.Bottleneck.Read(encoded), Find);
        T output = Decode(Conditioned(code, labels)).Reshape(count, -1, size);
        return (rows.Without(Likelihood.SlotErrors(rows.Values, output)) * hidden).Sum(-1).Permute(1, 0);
    }

    /// <summary>A column that codes of the kind have in addition to the code, <c>[B, size]</c>.</summary>
    public T Column(CodeColumn column) => column.Read<T>(Encoded, Find);

    /// <summary>One of these.</summary>
    /// <param name="output">Which.</param>
    /// <param name="column">The column of the code's kind, where it is one.</param>
    public virtual T Of(ManagedOutput output, CodeColumn? column = null) => output switch
    {
        ManagedOutput.Code => Code,
        ManagedOutput.Column => Column(column!),
        ManagedOutput.Hidden => Hidden,
        ManagedOutput.RowAndHidden => RowAndHidden,
        ManagedOutput.Reconstruction => Reconstruction,
        ManagedOutput.Imputed => Imputed,
        ManagedOutput.Error => Error,
        ManagedOutput.FeatureErrors => FeatureErrors,
        ManagedOutput.ColumnErrors => ColumnErrors,
        ManagedOutput.Anomaly => Anomaly,
        ManagedOutput.CodePart => CodePart,
        ManagedOutput.Reasons => Reasons,
        _ => throw new UnreachableException(),
    };

    protected ModelDefinition Definition => definition;

    protected T Rows => rows.Values;

    /// <summary>The rows as the column has them.</summary>
    protected abstract T InColumn { get; }

    protected Likelihood Likelihood => definition.Objective.Likelihood;

    protected Posterior<T> Posterior => _posterior ??= definition.Bottleneck.Posterior<T>(Encoded)
        ?? throw new InvalidOperationException("The codes are not random variables.");

    /// <summary>ln p(z) of codes, where the divergence from it has no closed form.</summary>
    protected abstract Func<T, T> LogPrior();

    /// <summary>The model's own numbers.</summary>
    protected abstract T Find(string name, params long[] shape);

    /// <summary>Rows with their condition, to what the bottleneck takes.</summary>
    /// <param name="conditioned">The rows.</param>
    /// <param name="hidden">Gets the outputs of hidden layers.</param>
    protected abstract T Encode(T conditioned, HiddenOutputs<T> hidden);

    /// <summary>Codes with their condition, to what the likelihood takes.</summary>
    protected abstract T Decode(T conditioned);

    /// <summary>A score, infinite where it is NaN and the row holds no missing value.</summary>
    protected abstract T OrEndless(T score);

    /// <summary>Numbers of rows, <c>[B, n]</c>, all missing where the row holds a missing value.</summary>
    protected abstract T OrMissing(T values);

    /// <summary>ln p(x|z) of the slots that are there: <c>[S, B, Z]</c> to <c>[S, B]</c>.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="count">How many of each row, S.</param>
    protected T LogLikelihoodOf(T codes, long count) => Likelihood.Part(rows, LogLikelihoodOfWhole(codes, count));

    /// <summary>ln p(x|z) as if all slots were there, and had the mean error of those that are.</summary>
    /// <inheritdoc cref="LogLikelihoodOf"/>
    private T LogLikelihoodOfWhole(T codes, long count)
    {
        long size = definition.Network.OutputSize;
        if (oneHot is { } labels)
            codes = codes.Concat(labels.Expand(count, -1, -1), 2); // [S, B, Z + K]
        T output = Decode(codes.Reshape(-1, definition.Network.CodeSize + definition.Network.ConditionSize)) // [S B, D]
            .Reshape(count, -1, definition.Network.DecoderOutputs);
        return Likelihood.LogProbability<T>(Likelihood.RowError(rows, output), size, Find);
    }

    private T SlotParts => definition.Score.HaveSlots()
        ? rows.OfWhole(default(SlotWeights.Weighting).Of(SlotErrors,
            Find(ScoreNumbers.SlotWeights, definition.Network.OutputSize)))
        : SlotErrors;

    /// <summary>The mean error of the last slots of a row; NaN where all of these are missing.</summary>
    private T ErrorOfLast(int slots)
    {
        GappedRows<T> last = rows.Last(slots);
        T error = OrEndless(Losses.MeanOverSlots(GappedRows<T>.LastOf(SlotErrors, slots), last));
        return last.Observed is { } observed ? error.Masked(observed.IsBelow(1), float.NaN) : error;
    }

    private T Encoded => _encoded ??= definition.Bottleneck.Read(EncoderOutput);

    /// <summary>Encoders run once, whatever is requested.</summary>
    private T EncoderOutput => _encoderOutput ??=
        Encode(Conditioned(definition.Network.MarksGaps ? rows.Marked : rows.Values), _activations);

    private T Collected()
    {
        _ = EncoderOutput;
        return _activations.SideBySide();
    }

    private T Output => _output ??= Decode(Conditioned(Code));

    private T NegativeEvidence()
    {
        CodePrior prior = definition.Objective.Prior!;
        int codeSize = definition.Network.CodeSize;
        float[] noise = CommonNoise.Of(draws, codeSize, seed).Numbers;
        T? closed = Posterior.Divergence(prior);
        Func<T, T>? logPrior = closed is null ? LogPrior() : null;
        return T.Fold(closed?.Sum(1), draws, (score, first, count) =>
        {
            // Each row's posterior makes its own code of it.
            T shared = Rows.Constant(noise[(first * codeSize)..((first + count) * codeSize)], count, 1, codeSize);
            T codes = Posterior.Sample(shared); // [S, B, Z]
            T reconstruction = LogLikelihoodOfWhole(codes, count).Sum(0) / draws;
            T result = score is { } known ? known - reconstruction : -reconstruction;
            return logPrior is null
                ? result
                : result + (Posterior.LogDensityOfDraw(shared, codes) - logPrior(codes)).Sum(0) / draws;
        });
    }

    /// <summary>Numbers with the labels appended: <c>[B, n]</c> to <c>[B, n + K]</c>.</summary>
    private T Conditioned(T numbers) => Conditioned(numbers, oneHot);

    private static T Conditioned(T numbers, T? oneHot) => oneHot is { } labels ? numbers.Concat(labels, 1) : numbers;
}
