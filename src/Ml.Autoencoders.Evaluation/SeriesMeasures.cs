using Ml.Autoencoders.Evaluation.Series;

namespace Ml.Autoencoders.Evaluation;

/// <summary>How well scores find the anomalies of a series; see <see cref="SeriesQuality"/> for each measure.</summary>
public sealed record SeriesMeasures
{
    private SeriesMeasures()
    {
    }

    /// <summary>The area under the curve of precision by recall (AUC-PR), see
    /// <see cref="SeriesQuality.AreaUnderPrecisionRecallCurve"/>.</summary>
    public double AreaUnderPrecisionRecallCurve { get; private init; }

    /// <summary>The volume under the surface of precision, recall and width (VUS-PR), see
    /// <see cref="SeriesQuality.VolumeUnderPrecisionRecallSurface"/>.</summary>
    public double VolumeUnderPrecisionRecallSurface { get; private init; }

    /// <summary>The volume under the surface of both ROC rates and width (VUS-ROC), see
    /// <see cref="SeriesQuality.VolumeUnderRocSurface"/>. NaN where every row is an anomaly.</summary>
    public double VolumeUnderRocSurface { get; private init; }

    /// <summary>The width up to which labels were widened for both volumes.</summary>
    public int Window { get; private init; }

    /// <summary>The highest F1 over all thresholds, see <see cref="SeriesQuality.BestF1"/>.</summary>
    public double BestF1 { get; private init; }

    /// <summary>The share of anomalies that have a row whose score is above <see cref="Threshold"/>, see
    /// <see cref="SeriesQuality.EventRecall"/>.</summary>
    public double EventRecall { get; private init; }

    /// <summary>The threshold that was given; otherwise the highest with which <c>Score &gt; Threshold</c> has
    /// <see cref="BestF1"/>, which <c>ChangeModelThreshold</c> takes.</summary>
    public float Threshold { get; private init; }

    /// <summary>Rows with a score: those that were measured.</summary>
    public int Rows { get; private init; }

    /// <summary>Rows without a score, NaN, which were left out.</summary>
    public int RowsWithoutScore { get; private init; }

    /// <summary>How many of <see cref="Rows"/> are anomalies.</summary>
    public int AnomalousRows { get; private init; }

    /// <summary>Anomalies: runs of neighboring rows with the label of one, at least one of which has a score.</summary>
    public int Events { get; private init; }

    internal static SeriesMeasures Of(ScoredSeries series, int window, float? threshold)
    {
        SurfaceVolumes volumes = ScoreSurface.Volumes(series, window);
        (double f1, float lowest) = PrecisionRecall.Best(series);
        float above = threshold ?? MathF.BitDecrement(lowest);
        return new SeriesMeasures
        {
            AreaUnderPrecisionRecallCurve = PrecisionRecall.Area(series),
            VolumeUnderPrecisionRecallSurface = volumes.PrecisionRecall,
            VolumeUnderRocSurface = volumes.Roc,
            Window = window,
            BestF1 = f1,
            EventRecall = series.EventRecall(above),
            Threshold = above,
            Rows = series.Descending.Length,
            RowsWithoutScore = series.Scores.Length - series.Descending.Length,
            AnomalousRows = series.AnomalousRows,
            Events = series.Events.Length,
        };
    }
}
