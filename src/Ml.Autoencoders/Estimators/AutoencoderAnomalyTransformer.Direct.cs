using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders;

/// <content>Scoring outside of a pipeline.</content>
public sealed partial class AutoencoderAnomalyTransformer
{
    /// <summary>The score of a row, as <see cref="Transform"/> gives it for the row among others: <c>Score</c>, which
    /// is above <see cref="Threshold"/> for an anomaly.</summary>
    /// <remarks>Where <see cref="WindowScore"/> is one of several windows, it is the score of one window, and the
    /// threshold is for the scores of rows that <see cref="Transform"/> makes of these. Takes numbers as they are in
    /// <see cref="FeatureColumnName"/> where this detector reads it. Stages
    /// before it in a pipeline are not run: give what <see cref="FeatureColumnStage"/> writes, normalized numbers for
    /// example. Rows far outside of those of the fit are reported in the log, once. Safe to call from several threads
    /// at once.</remarks>
    /// <param name="row">As many numbers as the column has. A missing value (NaN) makes the score NaN, unless the
    /// detector leaves such values out.</param>
    /// <param name="condition">For a detector with a condition, the label of the row.</param>
    /// <exception cref="ArgumentNullException"><paramref name="row"/> is null.</exception>
    /// <exception cref="ArgumentException">The row has another length, or the condition is missing, superfluous or
    /// unknown.</exception>
    /// <exception cref="InvalidOperationException">Rows are keys: see <see cref="ScoreKeys"/>.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public float Score(float[] row, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (Tokens is not null)
            throw new InvalidOperationException(
                $"Column '{FeatureColumnName}' holds keys, and Score takes a row of numbers. Use ScoreKeys.");
        if (row.Length != _mapping.InputSize)
            throw new ArgumentException(FormattableString.Invariant(
                $"Column '{FeatureColumnName}' of the row has {row.Length} numbers; it needs {_mapping.InputSize}."),
                nameof(row));
        float score = ScoreOf(row, condition, nameof(row));
        _watch.Look(row, lacksStage: true);
        return score;
    }

    /// <summary>The score of a row of keys, as <see cref="Transform"/> gives it for the row among others: <c>Score</c>,
    /// which is above <see cref="Threshold"/> for an anomaly.</summary>
    /// <remarks>Safe to call from several threads at once.</remarks>
    /// <param name="row">As many keys as the column has: numbers from 1 on, and 0 where a key is missing.</param>
    /// <param name="condition">For a detector with a condition, the label of the row.</param>
    /// <exception cref="ArgumentNullException"><paramref name="row"/> is null.</exception>
    /// <exception cref="ArgumentException">The row has another length or holds a number that is not a key, or the
    /// condition is missing, superfluous or unknown.</exception>
    /// <exception cref="InvalidOperationException">Rows are numbers: see <see cref="Score"/>.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public float ScoreKeys(uint[] row, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (Tokens is not { } tokens)
            throw new InvalidOperationException(
                $"Column '{FeatureColumnName}' holds numbers, and ScoreKeys takes a row of keys. Use Score.");
        return ScoreOf(KeyRows.ToNumbers(row, 0, tokens, nameof(row)), condition, nameof(row));
    }

    private TokenFormat? Tokens => _model.Definition.Network.Tokens;

    /// <summary>The score comes first. With room for two, so that a row alone has the bits that it has among
    /// others.</summary>
    private float ScoreOf(float[] row, string? condition, string parameter)
    {
        long? label = GivenLabel.IndexOf(condition, _model.Definition.Condition, ConditionColumnName);
        return ArrayMapping.Map(_mapping, [row], label, 0, parameter, room: 2)[0][0];
    }
}
