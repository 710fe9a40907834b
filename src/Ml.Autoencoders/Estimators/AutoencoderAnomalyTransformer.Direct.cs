using Ml.Autoencoders.Estimators;
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
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public float Score(float[] row, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        long? label = GivenLabel.IndexOf(condition, _model.Definition.Condition, ConditionColumnName);
        if (row.Length != _mapping.InputSize)
            throw new ArgumentException(FormattableString.Invariant(
                $"Column '{FeatureColumnName}' of the row has {row.Length} numbers; it needs {_mapping.InputSize}."),
                nameof(row));
        // The score comes first. With room for two, so that a row alone has the bits that it has among others.
        float[][] scores = ArrayMapping.Map(_mapping, [row], label, 0, nameof(row), room: 2);
        _watch.Look(row, lacksStage: true);
        return scores[0][0];
    }
}
