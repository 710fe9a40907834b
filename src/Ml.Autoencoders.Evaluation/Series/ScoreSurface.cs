namespace Ml.Autoencoders.Evaluation.Series;

/// <summary>
/// The curves of precision and recall and of ROC at every width of the labels, and the volumes under them. They are
/// those of the code of Paparrizos et al., in other steps: that goes through all rows for each threshold at each width.
/// Here a row is put, once, at the first threshold that it reaches, so that a width takes one sum over the rows next to
/// anomalies, and a running sum over thresholds.
/// </summary>
internal sealed class ScoreSurface
{
    private const int Thresholds = 250;

    private readonly ScoredSeries _series;

    /// <summary>The first threshold that each row reaches; for a row without a score one that does not exist.</summary>
    private readonly int[] _firstOfRow;

    /// <summary>The rows that reach each threshold, and the anomalies among them.</summary>
    private readonly double[] _flagged = new double[Thresholds];
    private readonly double[] _right = new double[Thresholds];

    /// <summary>The first threshold that a row of each widened anomaly reaches.</summary>
    private readonly int[] _firstOfEvent;

    private ScoreSurface(ScoredSeries series)
    {
        _series = series;
        _firstOfRow = new int[series.Scores.Length];
        Array.Fill(_firstOfRow, Thresholds);
        PlaceRows();
        _firstOfEvent = Array.ConvertAll(series.Events, each =>
            _firstOfRow.AsSpan(each.First, each.Last - each.First + 1).ToArray().Min());
    }

    /// <summary>The volumes, each the mean of the areas at widths 0 to <paramref name="window"/>.</summary>
    public static SurfaceVolumes Volumes(ScoredSeries series, int window)
    {
        var surface = new ScoreSurface(series);
        NearRow[] near = NearRow.Find(series, window / 2);
        double precisionRecall = 0;
        double roc = 0;
        for (int width = 0; width <= window; width++)
        {
            // A label is widened by half of the width on each side.
            int reach = width / 2;
            if (width % 2 == 0 && reach > 0)
                surface.Widen(reach);
            SurfaceVolumes areas = surface.Areas(surface.WidenedLabels(near, width), surface.Touched(reach));
            precisionRecall += areas.PrecisionRecall;
            roc += areas.Roc;
        }
        return new SurfaceVolumes(precisionRecall / (window + 1), roc / (window + 1));
    }

    /// <summary>Thresholds are scores at evenly spaced ranks.</summary>
    private void PlaceRows()
    {
        int[] rows = _series.Descending;
        double step = (rows.Length - 1) / (Thresholds - 1.0);
        int threshold = 0;
        foreach (int row in rows)
        {
            while (_series.Scores[row] < At(threshold))
                threshold++;
            _firstOfRow[row] = threshold;
            _flagged[threshold]++;
            _right[threshold] += _series.Labels[row] ? 1 : 0;
        }
        for (int i = 1; i < Thresholds; i++)
        {
            _flagged[i] += _flagged[i - 1];
            _right[i] += _right[i - 1];
        }

        float At(int index) => _series.Scores[rows[index == Thresholds - 1 ? rows.Length - 1 : (int)(index * step)]];
    }

    /// <summary>Takes in the two rows by which each anomaly has become wider.</summary>
    private void Widen(int reach)
    {
        for (int i = 0; i < _firstOfEvent.Length; i++)
        {
            SeriesEvent each = _series.Events[i];
            if (each.First - reach >= each.From)
                _firstOfEvent[i] = Math.Min(_firstOfEvent[i], _firstOfRow[each.First - reach]);
            if (each.Last + reach <= each.To)
                _firstOfEvent[i] = Math.Min(_firstOfEvent[i], _firstOfRow[each.Last + reach]);
        }
    }

    /// <summary>At each threshold, the labels of the rows beside anomalies that reach it and no earlier one.</summary>
    private double[] WidenedLabels(NearRow[] near, int width)
    {
        int reach = width / 2;
        var labels = new double[Thresholds];
        foreach (NearRow row in near)
        {
            if (row.Distance > reach)
                break;
            // A label is at least the root of one half, so that two come to more than 1, which is the most.
            labels[_firstOfRow[row.Row]] +=
                row.Second <= reach ? 1 : Math.Sqrt(1 - (double)row.Distance / width);
        }
        return labels;
    }

    /// <summary>At each threshold, the share of widened anomalies that it is the first to touch. Ones that meet are
    /// one.</summary>
    private double[] Touched(int reach)
    {
        var touched = new double[Thresholds];
        SeriesEvent[] events = _series.Events;
        int all = 0;
        for (int i = 0; i < events.Length; i++)
        {
            int first = _firstOfEvent[i];
            while (i + 1 < events.Length && events[i].Meets(events[i + 1], reach))
                first = Math.Min(first, _firstOfEvent[++i]);
            touched[first]++;
            all++;
        }
        for (int i = 0; i < Thresholds; i++)
            touched[i] /= all;
        return touched;
    }

    private SurfaceVolumes Areas(double[] widened, double[] touched)
    {
        double precisionRecall = 0;
        double roc = 0;
        double beside = 0;
        double existence = 0;
        (double truePositives, double falsePositives) = (0, 0);
        for (int i = 0; i < Thresholds; i++)
        {
            beside += widened[i];
            existence += touched[i];
            double hits = _right[i] + beside;
            double positives = _series.AnomalousRows + beside / 2;
            double truePositivesHere = Math.Min(hits / positives, 1) * existence;
            double falsePositivesHere = (_flagged[i] - hits) / (_series.Descending.Length - positives);
            precisionRecall += (truePositivesHere - truePositives) * hits / _flagged[i];
            roc += (falsePositivesHere - falsePositives) * (truePositivesHere + truePositives) / 2;
            (truePositives, falsePositives) = (truePositivesHere, falsePositivesHere);
        }
        // With all rows flagged the rate of false alarms is below 1 where labels are widened; the curve ends at (1, 1).
        roc += (1 - falsePositives) * (1 + truePositives) / 2;
        return new SurfaceVolumes(precisionRecall, roc);
    }
}
