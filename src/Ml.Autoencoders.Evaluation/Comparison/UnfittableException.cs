namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>A method that was asked for as it should be cannot learn from these rows: its figures are missing, and
/// those of the others stand.</summary>
/// <param name="message">The reason, a sentence.</param>
/// <param name="error">What the method threw.</param>
internal sealed class UnfittableException(string message, Exception error) : Exception(message, error);
