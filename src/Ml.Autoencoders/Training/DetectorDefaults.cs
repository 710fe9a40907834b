using Ml.Autoencoders.Likelihoods;

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
    private const int OfCategory = 3;
    private const int Updates = 1_000;
    private const int UpdatesWithCategories = 2_000;

    /// <summary>The share of the columns whose values are exchanged where there are categories: so that the network
    /// learns to doubt each of them by the others, and blames what is wrong.</summary>
    private const float Swapped = 0.05f;

    public override DefaultsRule ForOthers => Standard;

    public override Defaults For(long rows, SlotColumns columns) =>
        new(CodeSize(columns), Network.Dense(Width), InputScaling.Standardize, Epochs: null)
        {
            Categories = Categories.Annotated,
            Corruption = columns.Categories.Count > 0 && rows > 1 ? Corruption.Swap(Swapped) : Corruption.None,
            Updates = columns.Categories.Count > 0 ? UpdatesWithCategories : Updates,
            BatchSize = 128,
            LearningRate = 2e-3f,
            Schedule = LearningRateSchedule.Cosine(),
            Score = AnomalyScoreKind.Both,
        };

    /// <summary>
    /// A quarter of the numbers, and for each category 3, or as many as it has slots: rounded, between 2 and 32,
    /// and shorter than the row.
    /// </summary>
    private static int CodeSize(SlotColumns columns)
    {
        double wanted = columns.Numbers / 4.0 + columns.Categories.Sum(slots => Math.Min(slots.Count, OfCategory));
        return Math.Clamp(Math.Clamp((int)Math.Round(wanted), MinCode, MaxCode), 1, Math.Max(1, columns.Slots - 1));
    }
}
