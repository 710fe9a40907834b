using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Estimators;

/// <summary>The label that a call on arrays is given, for all of their rows.</summary>
internal static class GivenLabel
{
    /// <summary>Its index among those of the training rows; null where there is no condition.</summary>
    /// <param name="condition">The label, under the name that public calls have for it.</param>
    /// <param name="known">The labels that the model knows; null where it has no condition.</param>
    /// <param name="columnName">The column of labels.</param>
    /// <exception cref="ArgumentException">The label is missing, superfluous or unknown.</exception>
    public static long? IndexOf(string? condition, Condition? known, string? columnName) => (known, condition) switch
    {
        (null, null) => null,
        ({ } labels, { } label) => labels.IndexOf(label) ?? throw new ArgumentException(
            $"The condition is '{label}', a label that no training row had in column '{columnName}'. Give " +
            $"one of {labels.Known}.", nameof(condition)),
        ({ } labels, null) => throw new ArgumentException(
            $"The autoencoder is conditioned on column '{columnName}', and no condition is given. Give one " +
            $"of {labels.Known}.", nameof(condition)),
        (null, { } label) => throw new ArgumentException(
            $"The condition is '{label}', and the autoencoder was trained without one. Leave it out, or train with " +
            "ConditionColumnName set.", nameof(condition)),
    };
}
