namespace Ml.Autoencoders.Scoring;

/// <summary>Where a row lies that was read.</summary>
/// <param name="Slot">Which of the batches that are kept at the same time.</param>
/// <param name="Row">Which row of it.</param>
internal readonly record struct BatchPlace(int Slot, int Row);
