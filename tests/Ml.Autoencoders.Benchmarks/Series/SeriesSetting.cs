namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>The one setting for all series.</summary>
internal static class SeriesSetting
{
    /// <summary>How rows get the scores of windows of PCA; the detector does the same by itself.</summary>
    public const WindowWay Way = WindowWay.Maximum;

    private const int ShortestWindow = 64;

    public static AutoencoderAnomalyOptions Options { get; } = new()
    {
        CodeSize = 8,
        Corruption = Corruption.Masking(0.25f),
        Score = AnomalyScoreKind.ReconstructionError,
        WindowScore = WindowScore.Maximum,
    };

    public static SeriesScorer Detector { get; } = SeriesScorer.Detector("detector", Length, Options);

    /// <summary>With as many components as the detector's code has numbers.</summary>
    public static SeriesScorer Pca { get; } = SeriesScorer.Pca("PCA", Length, Options.CodeSize!.Value);

    /// <summary>The lag, or more rows where that is short.</summary>
    public static int Length(int lag) => Math.Max(lag, ShortestWindow);
}
