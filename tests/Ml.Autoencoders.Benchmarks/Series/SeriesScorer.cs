using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>What scores the windows of a series.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Windows">The scores.</param>
/// <param name="Seeds">How many fits there are, each with another seed.</param>
internal sealed record SeriesScorer(string Name, Func<SeriesTrial, WindowScores> Windows, int Seeds)
{
    private const int DetectorSeeds = 3;

    public static SeriesScorer Residual { get; } =
        new("SR, computed here", trial => new WindowScores(SpectralResidual.Of(trial.Series.Values), 1), 1);

    /// <param name="name">For the table.</param>
    /// <param name="length">Rows of a window by the lag of the series.</param>
    /// <param name="rank">How many components.</param>
    public static SeriesScorer Pca(string name, Func<int, int> length, int rank) => new(name, trial =>
    {
        int rows = length(trial.Lag);
        (IDataView learned, IDataView all) = trial.Windows(rows);
        var pca = new WindowPca([.. Whole(learned)], rank);
        return new WindowScores([.. Whole(all).Select(pca.Error)], rows);
    }, 1);

    /// <param name="name">For the table.</param>
    /// <param name="length">Rows of a window by the lag of the series.</param>
    /// <param name="options">The same for all series; the code has at most half as many numbers as a window has
    /// rows.</param>
    public static SeriesScorer Detector(string name, Func<int, int> length, AutoencoderAnomalyOptions options) =>
        new(name, trial =>
        {
            int rows = length(trial.Lag);
            (IDataView learned, IDataView all) = trial.Windows(rows);
            using AutoencoderAnomalyTransformer detector = trial.Ml.AnomalyDetection.Trainers.Autoencoder("Window",
                options with { CodeSize = Math.Min(options.CodeSize!.Value, rows / 2) }).Fit(learned);
            float[] scores = [.. detector.Transform(all).GetColumn<float>("Score")];
            // Other scores than those of windows are already those of rows.
            return options.WindowScore == WindowScore.Window
                ? new WindowScores(scores[(rows - 1)..], rows)
                : new WindowScores(scores, 1);
        }, DetectorSeeds);

    /// <summary>VUS-PR for each seed and each way.</summary>
    /// <param name="series">The series.</param>
    /// <param name="learned">How many rows the fit may see.</param>
    /// <param name="ways">How rows get the scores of windows.</param>
    public double[][] On(LabeledSeries series, int learned, params IReadOnlyList<WindowWay> ways)
    {
        int lag = SeriesTrial.LagOf(series);
        return [.. Enumerable.Range(1, Seeds).Select(seed =>
        {
            var ml = new MLContext(seed);
            WindowScores scores = Windows(new SeriesTrial(ml, series, learned));
            return ways.Select(way => Volume(ml, scores.Rows(way), series.Labels, lag)).ToArray();
        })];
    }

    private static IEnumerable<double[]> Whole(IDataView windows) => windows.GetColumn<float[]>("Window")
        .Where(window => !float.IsNaN(window[0])).Select(window => Array.ConvertAll(window, value => (double)value));

    private static double Volume(MLContext ml, float[] scores, bool[] labels, int window) => ml.EvaluateSeries(
        ml.Data.LoadFromEnumerable(scores.Zip(labels, (score, label) => new Scored { Score = score, Label = label })),
        window).VolumeUnderPrecisionRecallSurface;

    private sealed class Scored
    {
        public float Score { get; set; }

        public bool Label { get; set; }
    }
}
