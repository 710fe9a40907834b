using Ml.Autoencoders;
using Ml.Autoencoders.Evaluation;

namespace CompareWithPca.Reporting;

/// <summary>The best PCA against the best autoencoder, by one measure and with codes of one size.</summary>
internal sealed record Verdict(Measure Measure, int CodeSize, ComparedStage Pca, ComparedStage Autoencoder,
    Outcome Outcome)
{
    /// <summary>The verdicts of a measure, by size: none where one side is missing.</summary>
    public static IReadOnlyList<Verdict> Of(Measure measure, PcaComparison comparison) =>
    [
        .. comparison.Stages.GroupBy(stage => stage.CodeSize).OrderBy(size => size.Key)
            .Select(size => Of(measure, size.Key, [.. size], comparison.TestRows)).OfType<Verdict>(),
    ];

    /// <summary>Winner and loser with their numbers.</summary>
    public string Words
    {
        get
        {
            (ComparedStage first, ComparedStage second) = Outcome == Outcome.Pca
                ? (Pca, Autoencoder) : (Autoencoder, Pca);
            return $"{first.Name} {Measure.TextOf(first)} against {second.Name} {Measure.TextOf(second)}";
        }
    }

    private static Verdict? Of(Measure measure, int codeSize, ComparedStage[] stages, int testRows) =>
        measure.Best(stages.Where(stage => stage.IsPca)) is { } pca
            && measure.Best(stages.Where(stage => !stage.IsPca && stage.Output == StageOutput.Code)) is { } autoencoder
            ? new Verdict(measure, codeSize, pca, autoencoder, OutcomeOf(measure, pca, autoencoder, testRows))
            : null;

    private static Outcome OutcomeOf(Measure measure, ComparedStage pca, ComparedStage autoencoder, int testRows)
    {
        double ofPca = measure.NumberOf(pca)!.Value;
        double ofAutoencoder = measure.NumberOf(autoencoder)!.Value;
        bool isWithinChance = measure.Kind == MeasureKind.Accuracy
            && Math.Abs(ofPca - ofAutoencoder) <= 2 * StandardError(ofPca, ofAutoencoder, testRows);
        if (isWithinChance || measure.TextOf(pca) == measure.TextOf(autoencoder))
            return Outcome.Undecided;
        return ofAutoencoder > ofPca == measure.HigherIsBetter ? Outcome.Autoencoder : Outcome.Pca;
    }

    /// <summary>Of the difference of two shares of as many rows, were these drawn anew for each.</summary>
    private static double StandardError(double one, double other, int rows) =>
        Math.Sqrt((one * (1 - one) + other * (1 - other)) / rows);
}
