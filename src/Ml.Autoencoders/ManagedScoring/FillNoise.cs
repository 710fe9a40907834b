namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Gives the noise of a row.</summary>
/// <param name="row">Which.</param>
/// <param name="numbers">Room for it.</param>
internal delegate void FillNoise(int row, Span<float> numbers);
