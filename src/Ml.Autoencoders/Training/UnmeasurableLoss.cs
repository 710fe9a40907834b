using System.Globalization;

namespace Ml.Autoencoders.Training;

/// <summary>The messages about validation losses that are not finite numbers, while the training loss is one.</summary>
internal static class UnmeasurableLoss
{
    /// <summary>The error where early stopping has nothing to return to.</summary>
    /// <param name="last">The last epoch.</param>
    /// <param name="scaling">Of the model.</param>
    /// <param name="data">What was trained and measured on.</param>
    public static InvalidOperationException NoBestEpoch(TrainingEpoch last, InputScaling scaling, TrainingData data) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"The validation loss was not a finite number in any epoch (epoch {last.Epoch}: {last.Watched}), so that " +
            $"early ") +
            $"stopping has none to return to. {UsualCauses.OfValidation(scaling, data)}");

    /// <summary>The warning where the fit continues.</summary>
    /// <param name="epoch">The first such epoch.</param>
    /// <param name="scaling">Of the model.</param>
    /// <param name="data">What is trained and measured on.</param>
    public static string Warning(TrainingEpoch epoch, InputScaling scaling, TrainingData data) =>
        FormattableString.Invariant(
            $"The validation loss is {epoch.Watched} in epoch {epoch.Epoch}. The fit continues, ") +
        $"and such an epoch is never the best. {UsualCauses.OfValidation(scaling, data)}";
}
