namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>A method with valid options cannot learn from these rows: its figures are missing, and those of the others
/// remain valid.</summary>
/// <param name="message">The reason, a sentence.</param>
/// <param name="error">The exception that the method threw.</param>
internal sealed class UnfittableException(string message, Exception error) : Exception(message, error);
