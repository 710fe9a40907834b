using System.Globalization;
using Ml.Autoencoders.Evaluation;

namespace CompareWithPca.Reporting;

/// <summary>Something that is measured of every stage.</summary>
/// <param name="Name">As headings say it.</param>
/// <param name="Unit">What its numbers are.</param>
/// <param name="Meaning">A sentence for readers who meet it for the first time.</param>
/// <param name="Kind">What it is good for.</param>
/// <param name="HigherIsBetter">Whether the best is the greatest.</param>
/// <param name="Format">How its numbers are written.</param>
/// <param name="Of">The number of a stage; null where there is none.</param>
internal sealed record Measure(string Name, string Unit, string Meaning, MeasureKind Kind, bool HigherIsBetter,
    string Format, Func<ComparedStage, double?> Of)
{
    private const string Share = "0.000";

    public static IReadOnlyList<Measure> All { get; } =
    [
        new("Reconstruction error", "mean squared error",
            "The mean squared difference between a number of a test row and its reconstruction from the code.",
            MeasureKind.Quality, false, "0.0000", stage => stage.MeanSquaredError),
        new("Explained variance", "share",
            "The same error relative to the variance of the rows: 1 is perfect, 0 is the mean row.",
            MeasureKind.Restatement, true, Share, stage => stage.ExplainedVariance),
        new("Linear classifier", "accuracy",
            "The share of test labels that a linear classifier (SDCA) predicts from codes.",
            MeasureKind.Accuracy, true, Share, stage => stage.LinearAccuracy),
        new("Boosted trees", "accuracy", "The share of test labels that boosted trees (LightGBM) predict from codes.",
            MeasureKind.Accuracy, true, Share, stage => stage.LightGbmAccuracy),
        new("Nearest neighbors", "accuracy", "The share of test labels that most of the nearest training codes have.",
            MeasureKind.Accuracy, true, Share, stage => stage.NearestNeighborAccuracy),
        new("Trustworthiness", "0 to 1", "Whether rows that are neighbors by their codes are neighbors.",
            MeasureKind.Quality, true, Share, stage => stage.Trustworthiness),
        new("Continuity", "0 to 1", "Whether rows that are neighbors are still neighbors by their codes.",
            MeasureKind.Quality, true, Share, stage => stage.Continuity),
        new("Fit", "seconds", "The time to learn from the training rows.",
            MeasureKind.Cost, false, "#,0.00", stage => OfFitted(stage, stage.FitTime.TotalSeconds)),
        new("Speed", "rows per second", "Test rows encoded per second.",
            MeasureKind.Cost, true, "#,0", stage => stage.RowsPerSecond),
        new("Model", "KiB", "The size of the fitted stage on disk.",
            MeasureKind.Cost, false, "#,0", stage => OfFitted(stage, stage.ModelSize / 1024.0)),
    ];

    public string Direction => HigherIsBetter ? "higher is better" : "lower is better";

    /// <summary>Those that were asked for: without labels there are no classifiers.</summary>
    public static IReadOnlyList<Measure> In(PcaComparison comparison) =>
        [.. All.Where(measure => comparison.Stages.Any(stage => measure.Of(stage) is not null))];

    /// <summary>Those that a comparison has numbers for.</summary>
    public static IReadOnlyList<Measure> WithNumbersIn(PcaComparison comparison) =>
        [.. All.Where(measure => comparison.Stages.Any(stage => measure.NumberOf(stage) is not null))];

    /// <summary>Null for what is not a number too.</summary>
    public double? NumberOf(ComparedStage stage) => Of(stage) is { } number && double.IsFinite(number) ? number : null;

    public string TextOf(ComparedStage stage) => Write(NumberOf(stage) ?? double.NaN);

    /// <summary>A dash for what is not a number.</summary>
    public string Write(double number) =>
        double.IsNaN(number) ? "\u2013" : number.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The stage with the best number; of equals the first, null where none has one.</summary>
    public ComparedStage? Best(IEnumerable<ComparedStage> stages)
    {
        IEnumerable<ComparedStage> measured = stages.Where(stage => NumberOf(stage) is not null);
        return HigherIsBetter ? measured.MaxBy(NumberOf) : measured.MinBy(NumberOf);
    }

    /// <summary>A stage that could not be fitted takes no room, and cost nothing that could be compared.</summary>
    private static double OfFitted(ComparedStage stage, double cost) => stage.ModelSize > 0 ? cost : double.NaN;
}
