using System.Globalization;

namespace Ml.Autoencoders.Training;

/// <summary>
/// What usually makes a fit go wrong, for its messages. A scaling is advised only where there is none.
/// </summary>
internal static class UsualCauses
{
    private const string Rate = "a learning rate that is too high";

    /// <summary>Of a loss or of weights that are not finite.</summary>
    /// <param name="scaling">Of the model.</param>
    /// <param name="rows">What is trained on, in the network's units.</param>
    /// <param name="unevenSlots">The warning about slots that dwarf the others; null where none do.</param>
    public static string OfDivergence(InputScaling scaling, ITrainingRows rows, string? unevenSlots) =>
        scaling == InputScaling.None
            ? Sentence([Rate, Unscaled($"largest value seen: {Number(rows, "N0")}; ")], unevenSlots)
            : Sentence([$"{Rate} (Scaling is {scaling}; largest scaled value seen: {Number(rows, "N0")})"]);

    /// <summary>Of validation losses that are not finite, while the training loss is.</summary>
    /// <param name="scaling">Of the model.</param>
    /// <param name="data">What is trained and measured on, in the network's units.</param>
    public static string OfValidation(InputScaling scaling, TrainingData data)
    {
        bool isScaled = scaling != InputScaling.None;
        string far =
            $"validation rows far beyond the training rows (largest {(isScaled ? "scaled " : "")}value seen: " +
            $"{Number(data.Validation, "G4")}; in training: {Number(data.Training, "G4")})";
        return isScaled
            ? Sentence([far, $"{Rate} (Scaling is {scaling})"])
            : Sentence([far, Rate, Unscaled("")], data.UnevenSlots);
    }

    /// <summary>Of a fit that ends above where it might have begun.</summary>
    /// <param name="scaling">Of the model.</param>
    public static string OfNothingLearned(InputScaling scaling) =>
        Sentence(["too few epochs", Rate, .. scaling == InputScaling.None ? [Unscaled("")] : Array.Empty<string>()]);

    private static string Unscaled(string seen) => $"inputs that are not scaled ({seen}see InputScaling)";

    private static string Sentence(string[] causes, string? more = null) =>
        $"{(causes.Length == 1 ? "The usual cause" : "Usual causes")}: {string.Join(", ", causes)}." +
        (more is null ? "" : $" {more}.");

    private static string? Number(ITrainingRows? rows, string format) =>
        rows?.Largest().ToString(format, CultureInfo.InvariantCulture);
}
