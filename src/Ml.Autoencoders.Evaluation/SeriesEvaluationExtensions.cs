using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Evaluation.Series;

namespace Microsoft.ML;

/// <summary>Where measures of series meet ML.NET's own entry point.</summary>
public static class SeriesEvaluationExtensions
{
    /// <summary>
    /// Measures how well the scores in a data view find labeled anomalies, with rows in the order of time. Rows without
    /// a score, NaN, which a detector gives to rows without a window, are left out and counted; they keep their
    /// place, so a distance in rows is that in the data view.
    /// </summary>
    /// <param name="context">The context, for errors.</param>
    /// <param name="data">What a detector gave, with labels.</param>
    /// <param name="window">The width up to which labels are widened for the volumes, from 0 to the number of rows with
    /// a score: usually the length of the windows or the period of the series.</param>
    /// <param name="labelColumnName">The column of labels, a number, a Boolean, a text or a key: 1 or True for a row of
    /// an anomaly, 0 or False for another.</param>
    /// <param name="scoreColumnName">The column of scores, a Single: a higher one for a row that is more likely an
    /// anomaly.</param>
    /// <param name="groupColumnName">The column that tells series apart, such as the machine: a key, a text, a Boolean
    /// or a number. No anomaly, and no widened label, reaches from one series into another; thresholds are the
    /// same for all, and so each measure is one figure. Null: all rows are one series.</param>
    /// <param name="threshold">The threshold for <see cref="SeriesMeasures.EventRecall"/>, such as that of the
    /// detector. Null: that of <see cref="SeriesMeasures.BestF1"/>.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or the window or the threshold is
    /// out of its range.</exception>
    /// <exception cref="InvalidOperationException">No row has a score, none of those that have one is an anomaly, a
    /// score is infinite, or a label is missing or something else.</exception>
    public static SeriesMeasures EvaluateSeries(this MLContext context, IDataView data, int window,
        string labelColumnName = "Label", string scoreColumnName = "Score", string? groupColumnName = null,
        float? threshold = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(labelColumnName);
        ArgumentNullException.ThrowIfNull(scoreColumnName);
        SeriesQuality.RequireThreshold(threshold, nameof(EvaluateSeries));
        ScoredSeries series = SeriesReader.Read(context, data, labelColumnName, scoreColumnName, groupColumnName);
        SeriesQuality.RequireWindow(series, window, nameof(EvaluateSeries));
        return SeriesMeasures.Of(series, window, threshold);
    }
}
