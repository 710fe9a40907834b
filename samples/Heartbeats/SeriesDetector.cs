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

    private const int LongestFirstCode = 32;
    private const int LongestCode = 64;

    private readonly MLContext _ml = new(Settings.Seed);

    public ScoredSeries Run(SeriesTable table)
    {
        Requirements.RequireChanges(table, settings);
        IDataView rows = _ml.Data.LoadFromEnumerable(table.Rows, table.Schema());
        TransformerChain<SlidingWindowTransformer> cut = Cut(table).Fit(rows);
        int length = cut.LastTransformer.Length;
        Requirements.RequireWindows(table, length, settings);
        Console.WriteLine($"Windows of {length} rows{(settings.Window is null ? ", chosen from the data" : "")}.");
        IDataView windows = cut.Transform(rows);
        using AutoencoderAnomalyTransformer first = Display.Training("what is unusual at first sight", progress =>
            First(table, progress).Fit(windows));
        using AutoencoderAnomalyTransformer detector = Display.Training("what is usual", progress =>
            Second(table, progress).Fit(
                UsualWindows.Of(_ml, first.Transform(windows), Score, settings.UnusualShare)));
        return Display.Training("scores", progress =>
        {
            progress.Phase($"{table.Rows.Count:N0} rows");
            return ScoredSeries.Of(detector.Transform(windows), table, length, detector.Threshold,
                Normalizer.Of(cut, table.Rows[0].Values));
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
            WindowScore = settings.Score,
            Training = settings.Long(progress.Epoch),
        });
}
