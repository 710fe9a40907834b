using Ml.Autoencoders.Evaluation.Series;
using static System.FormattableString;

namespace Ml.Autoencoders.Evaluation;

/// <summary>
/// How well scores find the anomalies of a series whose rows are labeled: one score and one label for each row, in the
/// order of time, a higher score for a row that is more likely an anomaly. Neighboring rows with the label of an
/// anomaly are one anomaly.
/// </summary>
/// <remarks>For scores in a data view, for several series and for rows without a score there is
/// <see cref="Microsoft.ML.SeriesEvaluationExtensions.EvaluateSeries"/>. F1 after point adjustment, where one row that
/// is found counts as its whole anomaly, is left out on purpose: random scores do well by it.</remarks>
public static class SeriesQuality
{
    /// <summary>All measures.</summary>
    /// <param name="scores">A finite score for each row, in the order of time.</param>
    /// <param name="labels">Whether each row is an anomaly; at least one is.</param>
    /// <param name="window">The width up to which labels are widened for the volumes, from 0 to the number of rows:
    /// usually the length of the windows or the period of the series.</param>
    /// <param name="threshold">The threshold for <see cref="SeriesMeasures.EventRecall"/>, such as that of the
    /// detector. Null: that of <see cref="SeriesMeasures.BestF1"/>.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no anomaly, or a score is not a finite number.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The window or the threshold is out of its range.</exception>
    public static SeriesMeasures Measure(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, int window,
        float? threshold = null)
    {
        ScoredSeries series = Read(scores, labels);
        RequireWindow(series, window, nameof(Measure));
        RequireThreshold(threshold, nameof(Measure));
        return SeriesMeasures.Of(series, window, threshold);
    }

    /// <summary>
    /// The area under the curve of precision by recall (AUC-PR), as average precision: Σ (R(n) - R(n - 1)) P(n) over
    /// the thresholds that tell scores apart, from the highest. It is from 0 to 1; constant and, on average, random
    /// scores have the share of anomalous rows, and scores that put every anomalous row first have 1.
    /// </summary>
    /// <param name="scores">A finite score for each row, in the order of time.</param>
    /// <param name="labels">Whether each row is an anomaly; at least one is.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no anomaly, or a score is not a finite number.
    /// </exception>
    public static double AreaUnderPrecisionRecallCurve(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels) =>
        PrecisionRecall.Area(Read(scores, labels));

    /// <summary>
    /// The volume under the surface of precision, recall and width (VUS-PR): the mean, over widths l from 0 to the
    /// window, of the area under the curve of precision by recall with labels that are widened by l. Unlike the area
    /// for rows, it forgives a score that is high shortly before or after an anomaly (Paparrizos et al. 2022, "Volume
    /// Under the Surface: A New Accuracy Evaluation Measure for Time-Series Anomaly Detection", sec. 4; computed as in
    /// the authors' code, so that figures can be compared with theirs).
    /// </summary>
    /// <remarks>
    /// A row that is k rows away from an anomaly, k from 1 to l / 2 rounded down, has the label √(1 - k / l); an
    /// anomalous row has 1; labels that meet are added, up to 1. Of the rows that reach a threshold, N in number, let A
    /// be anomalous, and let E be the sum of the labels of the others. With P anomalous rows in all,
    /// precision = (A + E) / N and recall = min((A + E) / (P + E / 2), 1) × the share of widened anomalies that have a
    /// row among the N. The 250 thresholds are scores at evenly spaced ranks; the area is a sum of steps. The volume is
    /// from 0 to 1: scores that put every anomalous row first have 1, or slightly less where none of the thresholds
    /// is the lowest of their scores; constant scores have the mean of (P + E) / rows, a little more than the share of
    /// anomalous rows.
    /// </remarks>
    /// <param name="scores">A finite score for each row, in the order of time.</param>
    /// <param name="labels">Whether each row is an anomaly; at least one is.</param>
    /// <param name="window">The width up to which labels are widened, from 0 to the number of rows: usually the length
    /// of the windows or the period of the series.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no anomaly, or a score is not a finite number.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The window is out of its range.</exception>
    public static double VolumeUnderPrecisionRecallSurface(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels,
        int window) =>
        Volumes(scores, labels, window, nameof(VolumeUnderPrecisionRecallSurface)).PrecisionRecall;

    /// <summary>
    /// The volume under the surface of both ROC rates and width (VUS-ROC): as
    /// <see cref="VolumeUnderPrecisionRecallSurface"/>, with the area under the curve of recall by
    /// (N - A - E) / (rows - P - E / 2), which is the rate of false alarms, by trapezoids to the point (1, 1). It is
    /// from 0 to 1; constant and, on average, random scores have a little more than one half. NaN where every row is an
    /// anomaly.
    /// </summary>
    /// <param name="scores">A finite score for each row, in the order of time.</param>
    /// <param name="labels">Whether each row is an anomaly; at least one is.</param>
    /// <param name="window">The width up to which labels are widened, from 0 to the number of rows: usually the length
    /// of the windows or the period of the series.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no anomaly, or a score is not a finite number.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The window is out of its range.</exception>
    public static double VolumeUnderRocSurface(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, int window) =>
        Volumes(scores, labels, window, nameof(VolumeUnderRocSurface)).Roc;

    /// <summary>
    /// The highest F1 over all thresholds, 2 A / (N + P) where N rows reach the threshold, A of them anomalous, and P
    /// rows are anomalous in all: from 0 to 1. It is that of a threshold chosen with the labels, so a bound for a
    /// detector, which has to choose without; constant scores have 2 P / (rows + P).
    /// </summary>
    /// <param name="scores">A finite score for each row, in the order of time.</param>
    /// <param name="labels">Whether each row is an anomaly; at least one is.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no anomaly, or a score is not a finite number.
    /// </exception>
    public static double BestF1(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels) =>
        PrecisionRecall.Best(Read(scores, labels)).F1;

    /// <summary>
    /// The share of anomalies, not of rows, that have at least one row whose score is above the threshold: from 0 to 1.
    /// Only for a threshold that flags few rows does it mean anything, as flagging all gives 1.
    /// </summary>
    /// <param name="scores">A finite score for each row, in the order of time.</param>
    /// <param name="labels">Whether each row is an anomaly; at least one is.</param>
    /// <param name="threshold">The threshold, a finite number, as ML.NET's detectors have it: what equals it is not
    /// flagged.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no anomaly, or a score is not a finite number.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not a finite number.</exception>
    public static double EventRecall(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, float threshold)
    {
        RequireThreshold(threshold, nameof(EventRecall));
        return Read(scores, labels).EventRecall(threshold);
    }

    internal static void RequireWindow(ScoredSeries series, int window, string where) =>
        Require.Within(window, 0, series.Descending.Length, Place.Call(where), nameof(window));

    internal static void RequireThreshold(float? threshold, string where)
    {
        if (threshold is { } given)
            Require.Finite(given, Place.Call(where), nameof(threshold));
    }

    private static SurfaceVolumes Volumes(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, int window,
        string where)
    {
        ScoredSeries series = Read(scores, labels);
        RequireWindow(series, window, where);
        return ScoreSurface.Volumes(series, window);
    }

    private static ScoredSeries Read(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        if (scores.IsEmpty)
            throw new ArgumentException("There are no scores; there must be one for each row.", nameof(scores));
        if (scores.Length != labels.Length)
        {
            throw new ArgumentException(Invariant(
                $"There are {scores.Length} scores and {labels.Length} labels; there must be one label for each ") +
                "score.",
                nameof(labels));
        }
        for (int i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(scores[i]))
            {
                throw new ArgumentException(Invariant($"scores[{i}] is {scores[i]}; it must be a finite number. ") +
                    "Rows without a score are left out by ml.EvaluateSeries.", nameof(scores));
            }
        }
        return labels.Contains(true)
            ? new ScoredSeries(scores.ToArray(), labels.ToArray(), scores.Length)
            : throw new ArgumentException(
                Invariant($"None of the {labels.Length} labels is true; at least one row must be an anomaly."),
                nameof(labels));
    }
}
