using System.Globalization;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>A figure of every stage.</summary>
/// <param name="Name">The name of the property.</param>
/// <param name="Heading">For people.</param>
/// <param name="Format">For people.</param>
/// <param name="MoreIsBetter">Whether the best is the greatest.</param>
/// <param name="Value">The figure; NaN where there is none, null where it was not requested.</param>
internal sealed record TableColumn(string Name, string Heading, string Format, bool MoreIsBetter,
    Func<ComparedStage, double?> Value)
{
    /// <summary>For no figure.</summary>
    private const string Dash = "\u2013";

    private const string Share = "0.000";

    public static TableColumn[] All(int nearestNeighbors) =>
    [
        new(nameof(ComparedStage.MeanSquaredError), "MSE", "G4", false, stage => stage.MeanSquaredError),
        new(nameof(ComparedStage.ExplainedVariance), "explained variance", Share, true,
            stage => stage.ExplainedVariance),
        new(nameof(ComparedStage.LinearAccuracy), "linear (SDCA)", Share, true, stage => stage.LinearAccuracy),
        new(nameof(ComparedStage.LightGbmAccuracy), "LightGBM", Share, true, stage => stage.LightGbmAccuracy),
        new(nameof(ComparedStage.NearestNeighborAccuracy), FormattableString.Invariant($"{nearestNeighbors}-NN"), Share,
            true, stage => stage.NearestNeighborAccuracy),
        new(nameof(ComparedStage.Trustworthiness), "trustworthiness", Share, true, stage => stage.Trustworthiness),
        new(nameof(ComparedStage.Continuity), "continuity", Share, true, stage => stage.Continuity),
        new("FitSeconds", "fit, s", "N1", false, stage => OfFitted(stage, stage.FitTime.TotalSeconds)),
        new(nameof(ComparedStage.RowsPerSecond), "rows/s", "N0", true, stage => stage.RowsPerSecond),
        new(nameof(ComparedStage.ModelSize), "bytes", "N0", false, stage => OfFitted(stage, stage.ModelSize)),
    ];

    public string? Write(double? value) =>
        value is double.NaN ? Dash : value?.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Null where there is nothing to compare.</summary>
    public double? Best(IEnumerable<double?> values)
    {
        double[] numbers = [.. values.OfType<double>().Where(value => !double.IsNaN(value))];
        return numbers switch
        {
            [] => null,
            _ when MoreIsBetter => numbers.Max(),
            _ => numbers.Min(),
        };
    }

    private static double OfFitted(ComparedStage stage, double cost) => stage.IsFitted ? cost : double.NaN;
}
