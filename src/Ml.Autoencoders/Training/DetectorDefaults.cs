namespace Ml.Autoencoders.Training;

/// <summary>
/// The defaults of the detector for tables. The formulas are documented at <see cref="AutoencoderAnomalyOptions"/>, and
/// the reasons in <c>docs/decisions/0040-default-detector.md</c>.
/// </summary>
internal sealed record DetectorDefaults : DefaultsRule
{
    /// <summary>Narrow, so that the network cannot learn anomalies among the training rows one by one.</summary>
    private const int Width = 64;

    private const int MinCode = 2;
    private const int MaxCode = 32;

    public override DefaultsRule ForPictures => Standard;

    public override Defaults For(long rows, int columns) =>
        new(CodeSize(columns), Network.Dense(Width), InputScaling.Standardize, Epochs: null)
        {
            Updates = 1_000,
            BatchSize = 128,
            LearningRate = 2e-3f,
            Schedule = LearningRateSchedule.Cosine(),
            Score = AnomalyScoreKind.Both,
        };

    /// <summary>D / 4, rounded, between 2 and 32, and shorter than the row.</summary>
    private static int CodeSize(int columns) =>
        Math.Clamp(Math.Clamp((int)Math.Round(columns / 4.0), MinCode, MaxCode), 1, Math.Max(1, columns - 1));
}
