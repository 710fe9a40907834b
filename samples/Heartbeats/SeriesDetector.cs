using Heartbeats.Reading;
using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders;
using Samples;

namespace Heartbeats;

/// <summary>
/// Learns what is usual in series of which some is not, and nothing says what. A first detector, whose codes are too
/// short for anything rare, finds the windows that differ most from the others; a second one learns from the rest
/// alone, with longer codes.
/// </summary>
internal sealed class SeriesDetector(Settings settings)
{
    private const string Window = "Window";
    private const string Score = "Score";
    private const string Numbers = "Numbers";

    /// <summary>With fewer windows there is nothing to learn.</summary>
    private const int FewestWindows = 50;

    private const int LongestFirstCode = 32;
    private const int LongestCode = 64;

    private readonly MLContext _ml = new(Settings.Seed);

    public ScoredSeries Run(SeriesTable table)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(table.Rows, table.Schema());
        TransformerChain<SlidingWindowTransformer> cut = Cut(table).Fit(rows);
        int length = cut.LastTransformer.Length;
        RequireWindows(table, length);
        IDataView windows = cut.Transform(rows);
        using AutoencoderAnomalyTransformer first = Display.Training("what is unusual at first sight", progress =>
            First(table, progress).Fit(windows));
        using AutoencoderAnomalyTransformer detector = Display.Training("what is usual", progress =>
            Second(table, progress).Fit(Usual(first.Transform(windows))));
        return Display.Training("scores", progress =>
        {
            progress.Phase($"{table.Rows.Count:N0} rows");
            return ScoredSeries.Of(detector.Transform(windows), table, length, detector.Threshold,
                Normalizer.Of(cut));
        });
    }

    /// <summary>All series on one scale, and for each row a window that ends in it.</summary>
    private EstimatorChain<SlidingWindowTransformer> Cut(SeriesTable table) =>
        _ml.Transforms.NormalizeMeanVariance(Numbers, nameof(SeriesRow.Values), fixZero: false)
            .Append(_ml.Transforms.SlidingWindow(Window, [Numbers], settings.Window,
                table.HasGroups ? nameof(SeriesRow.Group) : null, table.TimeColumn));

    private AutoencoderAnomalyEstimator First(SeriesTable table, Progress progress) =>
        _ml.AnomalyDetection.Trainers.Autoencoder(Window, new()
        {
            CodeSize = Math.Min(3 + table.Columns.Count, LongestFirstCode),
            Network = Network.Dense(64),
            Score = AnomalyScoreKind.Both,
            TrimmedShare = settings.UnusualShare,
            Training = settings.Short(progress.Epoch),
        });

    private AutoencoderAnomalyEstimator Second(SeriesTable table, Progress progress) =>
        _ml.AnomalyDetection.Trainers.Autoencoder(Window, new()
        {
            CodeSize = Math.Min(6 + 2 * table.Columns.Count, LongestCode),
            Network = Network.Temporal(filters: [32, 16], kernel: 7),
            ReconstructionColumnName = ScoredSeries.Reconstruction,
            FeatureErrorsColumnName = ScoredSeries.Errors,
            // An anomaly is unusual in each window that holds it, so the score is highest right at it.
            WindowScore = WindowScore.Mean,
            Training = settings.Long(progress.Epoch),
        });

    /// <summary>The windows without those that the first detector finds most unusual.</summary>
    private IDataView Usual(IDataView scored)
    {
        float[] scores = [.. scored.GetColumn<float>(Score).Where(float.IsFinite).Order()];
        float limit = scores[(int)((1 - settings.UnusualShare) * (scores.Length - 1))];
        return _ml.Data.FilterRowsByColumn(scored, Score, upperBound: limit);
    }

    private void RequireWindows(SeriesTable table, int length)
    {
        int windows = table.Groups.Sum(group => Math.Max(0, group.Length - length + 1));
        if (windows >= FewestWindows)
            return;
        string chosen = settings.Window is null ? ", chosen from the data" : "";
        throw new InvalidDataException(
            $"A window has {length} rows{chosen}, and the longest series has " +
            $"{table.Groups.Max(rows => rows.Length)}: that makes {windows} windows, and at least " +
            $"{FewestWindows} are needed. Choose a lower --window.");
    }
}
