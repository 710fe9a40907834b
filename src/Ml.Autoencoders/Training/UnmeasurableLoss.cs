namespace Ml.Autoencoders.Training;

/// <summary>What is said of validation losses that are not finite numbers, while the training loss is one.</summary>
internal static class UnmeasurableLoss
{
    /// <summary>The error where early stopping has nothing to go back to.</summary>
    /// <param name="last">The last epoch.</param>
    /// <param name="data">What was trained and measured on.</param>
    public static InvalidOperationException NoBestEpoch(TrainingEpoch last, TrainingData data) => new(FormattableString.Invariant(
        $"The validation loss was a finite number in no epoch (epoch {last.Epoch}: {last.Watched}), so that early stopping has none to go back to. {Causes(data)}"));

    /// <summary>The warning where the fit continues.</summary>
    /// <param name="epoch">The first such epoch.</param>
    /// <param name="data">What is trained and measured on.</param>
    public static string Warning(TrainingEpoch epoch, TrainingData data) => FormattableString.Invariant(
        $"The validation loss is {epoch.Watched} in epoch {epoch.Epoch}. The fit continues, and such an epoch is never the best. {Causes(data)}");

    private static string Causes(TrainingData data) => FormattableString.Invariant(
        $"Usual causes: validation rows far beyond the training rows (largest value seen: {data.Validation?.Largest():G4}; in training: {data.Training.Largest():G4}), a learning rate that is too high, inputs that are not scaled (see InputScaling).");
}
